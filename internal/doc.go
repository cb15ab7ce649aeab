// Package internal is the house. It holds no code of its own; this is its floor
// plan, and floors_test.go beside it keeps the plan true.
//
// # What lives here
//
// Charterhouse hosts citizens' charters for many municipalities. A charter is a
// set of promises; each promise is a typed object, and the public sees whether
// it is kept. One service, one database, one schema for each town.
//
// # The floors
//
// A package may import packages on strictly lower floors, nothing beside it and
// nothing above it. So there are no circles, and reading downwards you never meet
// a word you have not met before.
//
//	12  cmd/charter    flags, and one call each into app
//	11  app            puts everything together; the only one that asks the time
//	10  web/public     the faces: handlers with their templates beside them
//	    web/admin      the desk of a town hall, and that of the portal
//	    web/national
//	 9  web            the kit: request, reply, render, errors, host, page cache
//	    web/assets     style sheets and fonts; web/theme turns one colour into a town's
//	 8  provision      a folder of files becomes a town, and a town such a folder
//	 7  comparison     who answers on time? municipalities side by side
//	 6  results        is the promise kept? the figures of a town
//	 5  casework       a case: filed, dated, answered, followed
//	 4  charter        the promises and their published versions
//	 3  access         who works here, how they prove it, and what each may do
//	    notify         letters by mail: worded, kept, sent
//	 2  tenant         registry, settings over those of the country, calendars
//	    files          what people attach, looked at and cleaned
//	 1  audit  i18n    the chain of records; words, plurals, dates
//	    jobs           what is left to be done after a request, and on a day
//	 0  pg  deadline  fault  address  config
//
// # Vertical rooms
//
// A domain package owns its words, its rules, its tables and its SQL. Each CREATE
// TABLE in migrations/ says whose it is, and a test looks for foreign names in
// SQL. An upper room asks a lower one by a function that says what is wanted, not
// by a query of its own.
//
// # One direction for a request
//
//	host and limits -> town from the exact Host -> page cache (a hit ends here)
//	 -> route -> BEGIN -> handler -> domain verbs on the transaction
//	 -> page rendered into memory -> audit appended -> COMMIT -> bytes
//
// Handlers are functions from a request to a reply and see neither the router nor
// the connection. Domain verbs take (ctx, tx, actor, subject, input) and never
// open a transaction, so they compose. A page is sent after the commit: nobody is
// told "received" about something that was then lost.
//
// # Where to begin reading
//
// internal/deadline, because it needs nothing; internal/charter/document.go, the
// idea of the product in one file; internal/pg/door.go, the wall between towns;
// internal/web/public, what a citizen sees.
package internal
