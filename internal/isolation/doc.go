// Package isolation holds the proofs that a town never sees, changes or slows
// another, and that everybody in a town hall may do what is written and nothing
// else.
//
// The whole service stands over the four towns. Klaipėda and Пещера have cases,
// files, accounts, sessions and letters; every text of theirs carries a canary.
// Then every route is asked by everybody with everything of the other town; every
// statement that goes to the database is sent again in the wrong place; every
// secret is shown at the wrong door. Who may do what stands in one table, Matrix:
// a route that is not in it fails the tests.
//
// It is for tests only. What is short in `make test` is long with
// CHARTER_TORTURE=1 (`make torture`).
package isolation
