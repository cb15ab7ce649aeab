// Package charter is the set of promises a town publishes: a document of typed
// sections and commitments, kept as immutable versions.
//
// A citizen reads the version in force, compares it with earlier ones and can
// check that nobody has changed it since: its checksum is taken over the exact
// text that is stored. Each promise is a typed object that says how anyone can
// tell whether it is kept (see Measure).
//
// Tables: charter_versions, charter_passages (what search finds).
package charter
