package admin

import "charterhouse/internal/web"

func (s *Site) mailRoutes() web.Routes { return nil }
