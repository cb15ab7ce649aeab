// Package comparison sets municipalities side by side for national coordinators
// and for anybody who wants to know who answers on time. It works in the portal's
// realm and knows a town by its entry in the registry and by its facts: figures
// for a month, all kinds of case together, never of fewer than five cases. No
// case, name or text is within its reach.
//
// It is made to be fair. Municipalities are compared within a class of size. The
// own promise and the law are two columns: a stricter promise never lowers the
// second. A share stands with its interval, and where intervals overlap the order
// is not known, so a place is a range. What has no data says so and is never zero;
// it is left out of medians and places.
//
// It owns no tables: results has the facts, tenant the registry. Reading is one
// query for the figures; everything else is computed from them without the
// database.
package comparison
