// Package app puts the house together: it opens the database, mounts the faces
// and has one function for each command of cmd/charter. It holds no rules and
// owns no tables. It alone asks the machine for the time, and alone starts the
// private PostgreSQL of package embedded.
package app
