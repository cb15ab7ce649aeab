package web

import "time"

// SetBodyPatience shortens what a test would have to wait for.
func (s *Server) SetBodyPatience(d time.Duration) { s.bodyPatience = d }

// Key is what a visitor is counted by in memory.
func (r *Request) Key() string { return r.key }
