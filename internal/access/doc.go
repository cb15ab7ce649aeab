// Package access is the staff entrance: who works in a municipality, how they
// prove it, and what each of them may do.
//
// An officer of Klaipėda has an account in Klaipėda and nowhere else: accounts,
// sessions, tokens and their hashes belong to one realm, and the national portal
// is a realm of its own. Citizens have no account at all.
//
// What a person may do follows from roles by one table (permissions.go). How
// signing in goes: Begin counts the attempt, Verify compares the password while
// no transaction is open, LogIn makes the session; SecondFactor asks for the
// code where there is one. An unknown address is answered like a known one, in
// words and in time.
//
// Names and addresses stand in user_profiles alone and can be erased there; the
// audit chain knows a person by a random name (GDPR art. 5, 17 and 32; OWASP
// ASVS 5.0, chapters 6 and 7).
//
// Tables: users, user_profiles, user_secrets, recovery_codes, sessions,
// user_tokens, log_in_attempts.
package access
