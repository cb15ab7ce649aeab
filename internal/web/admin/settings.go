package admin

import "charterhouse/internal/web"

func (s *Site) settingsRoutes() web.Routes { return nil }
