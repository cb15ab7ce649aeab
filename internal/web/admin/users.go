package admin

import "charterhouse/internal/web"

func (s *Site) userRoutes() web.Routes { return nil }
