package admin

import "charterhouse/internal/web"

// caseRoutes are the page of one case and what can be done with it.
func (s *Site) caseRoutes() web.Routes { return web.Routes{} }
