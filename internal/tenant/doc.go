// Package tenant is a municipality as the platform knows it: its entry in the
// registry, the hosts it answers to, its own settings over those of its country,
// and its calendar of working days.
//
// What a citizen sees of it is the name, colours, languages, contact details,
// hours and channels of one town; what an officer sees is which of these the
// town set itself and which it inherits from its country.
//
// Tables: platform.tenants, platform.domains, platform.revisions; settings in
// each town's schema.
package tenant
