// Package jobs is the work that is left for after a request: the mail to an
// officer, the reminder before a due date, the figures of a month. A citizen
// never waits for it, and it is never lost.
//
// A job is a row of its realm, written by Enqueue in the transaction that causes
// it, so that it commits or vanishes with its cause, is restored with its town,
// and no personal data leaves the town's schema. A Runner visits the realms, each
// in its own role: when the door's bell rings after a commit, when a job it has
// seen falls due, and every few seconds in any case.
//
// Each effect happens once. A job that touches the database only runs in the
// transaction that ends it. One with an effect outside (a mail) runs under a
// lease, at least once, and shows the receiver the same Receipt each time; what
// it writes afterwards is committed only if no later attempt has begun.
//
// Recurring work and reminders are never a timer in memory. A legal term runs on
// while the service stands still: what counts is what is due and has no row in
// due_work.
//
// Tables: jobs, due_work.
package jobs
