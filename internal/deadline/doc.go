// Package deadline says on which day an answer is due and why.
//
// A citizen files on a day; a charter or a law gives a term; a country and a
// town say which days are worked. From these three the package computes one
// calendar date, and for whoever doubts it the whole way there: every day that
// was counted, every day that was skipped, and the reason for each.
//
// It counts as the law of both countries does (Lithuania: Civilinis kodeksas
// 1.118–1.122, Darbo kodeksas 123; Bulgaria: ГПК чл. 60, Кодекс на труда
// чл. 154): the day of receipt is not counted; a term in months ends on the day
// of the same number, else on the last day of the month; a term whose last day
// is not worked ends on the next working day; a term in working days passes over
// the others.
//
// The package is pure: no clock, no database, no language. It owns no tables.
// Public holidays are not written here but in the country packs, as Rules.
package deadline
