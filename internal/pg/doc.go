// Package pg is the wall between the towns: the one door to the database.
//
// Everything that touches it comes through DB.Read or DB.Write, which open a
// transaction, take the role and the schema of one realm (a town, or the
// national portal) and hand a *Tx to the caller; no other code ever sees a
// connection. What a programmer forgets in a WHERE, PostgreSQL refuses: the role
// of a town has no right in the schema of another. So a citizen's case stays
// with the municipality it was sent to (GDPR art. 5(1)(f), 25 and 32).
//
// The package also sets the database up, gives a town its role and schema, and
// migrates: those parts use the operator's credential and stand in Admin.
//
// Tables: platform.schema_versions (which file is applied where) and
// platform.fences (towns whose migration failed, and why).
package pg
