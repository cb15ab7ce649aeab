// Package provision turns a folder of readable files into a living town, and a
// living town back into such a folder.
//
// A town's package is tenant.yaml, charter.yaml and two drawings; a country's is
// pack.yaml, calendar.yaml, the charter that a new town starts from, and default
// drawings. Check names file, line and field of every fault; Apply writes only
// what the town has not changed itself; Export gives the same files back; Create
// starts a town from its country's pack.
//
// It has no tables: each domain owns its part of the package and its own Apply.
package provision
