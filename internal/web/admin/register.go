package admin

import "charterhouse/internal/web"

// registerRoutes enter a case that came by telephone, letter, visit or box.
func (s *Site) registerRoutes() web.Routes { return web.Routes{} }
