// Package torture holds the proofs that nothing a citizen was told is received is
// ever lost, and that nothing is received twice: the service is killed while forms
// come in, replies of the database are lost, two instances get the same form a
// hundred times, the mail server is away.
//
// It is for tests only. The service of these tests is the whole one, each in a
// process of its own: the test binary starts itself once more. What is short in
// `make test` is long with CHARTER_TORTURE=1 (`make torture`).
package torture
