package admin

import "charterhouse/internal/web"

// deskRoutes are the lists of cases.
func (s *Site) deskRoutes() web.Routes { return web.Routes{} }
