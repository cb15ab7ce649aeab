// Package notify is the letters the service writes: to a citizen that the
// complaint has come and by when it is answered, to an officer that a term runs
// out, to whoever forgot a password.
//
// A letter is worded when it is queued, in the language its reader has chosen, in
// the name and the colour of the town, and stands in the same transaction as what
// it tells about. A job brings it to the mail server, as often as it takes; each
// time it carries the same Message-ID, by which the reader's mail server knows it
// again. A letter that is refused for good is shown and can be sent again.
//
// It knows addresses and no users. A link that opens something is kept apart from
// the words, shown to nobody by mistake, and forgotten once the letter is away.
//
// Table: mails.
package notify
