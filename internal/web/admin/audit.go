package admin

import "charterhouse/internal/web"

func (s *Site) auditRoutes() web.Routes { return nil }
