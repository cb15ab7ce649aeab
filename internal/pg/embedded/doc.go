// Package embedded runs a private PostgreSQL for somebody who has not set one
// up: `charter demo` on a newcomer's machine, and the tests. It owns no tables
// and knows no town; it finds the server's programs, makes a cluster with three
// log-ins (superuser, owner, service), starts it on a random port of the
// loopback and ends it together with the process that wanted it.
//
// It is not meant for production: there an administrator runs PostgreSQL and
// hands over two addresses, CHARTER_DATABASE_URL and CHARTER_ADMIN_DATABASE_URL.
package embedded
