// Package pgtest gives a test a real PostgreSQL database of its own. It is for
// tests only and owns no tables.
//
//	db := pgtest.New(t)                          // empty, with the three log-ins
//	db := pgtest.Prepared(t, "migrated", build)  // a copy of what build made once
//	c  := pgtest.Private(t)                      // a server of its own, to crash
//
// All test binaries of a run share one server. The first one starts it, a small
// supervising process keeps it, and it ends by itself, data and all, seconds
// after the last test binary is gone, however that one went: who uses the
// server holds a file lock, and the kernel releases locks. `make test` names
// the place by CHARTER_TEST_CLUSTER; plain `go test` has one in the temporary
// directory.
//
// Roles belong to the whole server: t_klaipeda is one role in every database of
// it, made by whichever test comes first and still there for the next. A test
// that drops a role, alters one, or revokes its memberships takes Private.
package pgtest
