// Package audit is the record that anybody holding an earlier checkpoint can
// verify: one hash chain per realm, with an entry for every change.
//
// An entry commits to its detail by an HMAC under a nonce of its own. Erasing
// personal data deletes detail and nonce; the chain still verifies, and what was
// erased cannot be guessed back from it (GDPR art. 17; WP29 opinion 05/2014).
//
// The head of the chain is signed every hour and kept in a file outside the
// database, so that its owner cannot write the end of a chain anew unseen.
//
// Tables: realm, audit_head, audit_entries, audit_details.
package audit

// Actor is who does something: a pseudonym for the chain, never a name.
type Actor struct {
	ID string
}

// System is the actor of jobs, and Operator the one of the command line.
func System() Actor { return Actor{"system"} }

// Operator is whoever holds the platform's command line.
func Operator() Actor { return Actor{"operator"} }
