package admin

import "charterhouse/internal/web"

// accountRoutes are what everybody may change about their own account.
func (s *Site) accountRoutes() web.Routes { return web.Routes{} }
