// Package casework is how a town deals with what citizens send it: complaints,
// signals, questions, proposals, requests and praise.
//
// A case begins with a form (submit.go) or at the desk (register.go), gets a
// number that anybody may know and a code that only its submitter has, and keeps
// from that day the rule and the two dates it was received under (pin.go): the
// town's own promise and the legal term, each with the way there. What can become
// of it is one table, lifecycle.go; every other file is one thing that can be
// done, as a verb of Town. A verb refuses or writes everything at once: the case,
// its timeline, the entry of the audit chain, the months whose figures change,
// and the letters.
//
// Personal data stand in tables of their own, apart from the case. Of an anonymous
// submitter the day is kept, and no hour.
//
// Laws it serves: Lietuvos Respublikos viešojo administravimo įstatymas;
// Административнопроцесуален кодекс, глава 8.
//
// Tables: rules, case_receipts, case_counters, cases, case_people, case_events,
// case_texts, case_files, case_rules, case_pins, case_pauses, case_extensions, case_referrals,
// case_reminders, marks.
package casework
