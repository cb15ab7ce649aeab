package web

import "time"

// SetBodyPatience shortens what a test would have to wait for.
func (s *Server) SetBodyPatience(d time.Duration) { s.bodyPatience = d }
