// Package results says whether a town keeps its promises, and what became of the
// cases that citizens sent it.
//
// Figures are counted by month from the outcomes of cases (count.go), all in one
// transaction that also takes away the marks which asked for it (recompute.go). A
// figure belongs to the month in which a case was finished, received, sent on or
// rated. From the figures come the state of each promise (badge.go, judge.go),
// the town's page of results (report.go) and the facts that the portal compares.
//
// Fewer than five cases are never shown. What a month has too few of waits and is
// shown with the next (shown.go), so that also the difference of two periods is
// never one to four cases; and a kind of case waits where another could be found
// by subtracting it from the total (pieces.go).
//
// What was published about a period that is over stays; what is computed
// otherwise later is a correction that can be seen (verdicts.go). Results of
// measures that no case tells of are entered by the town (manual.go).
//
// Tables: figures, verdicts, manual_results; platform.facts, platform.fact_heads.
package results
