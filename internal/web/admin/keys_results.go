package admin

import "charterhouse/internal/i18n"

// Results that the town enters itself.
const (
	KeyMenuResults      i18n.Key = "admin.menu.results"
	KeyResultsTitle     i18n.Key = "admin.results.title"
	KeyResultsLead      i18n.Key = "admin.results.lead"
	KeyResultsPromise   i18n.Key = "admin.results.promise"
	KeyResultsPeriod    i18n.Key = "admin.results.period"
	KeyResultsLast      i18n.Key = "admin.results.last"
	KeyResultsState     i18n.Key = "admin.results.state"
	KeyResultsNothing   i18n.Key = "admin.results.nothing"
	KeyResultsDue       i18n.Key = "admin.results.due"
	KeyResultsNoPromise i18n.Key = "admin.results.no_promise"
	KeyResultsTarget    i18n.Key = "admin.results.target"
	KeyResultsMonthly   i18n.Key = "admin.results.monthly"
	KeyResultsQuarterly i18n.Key = "admin.results.quarterly"
	KeyResultsYearly    i18n.Key = "admin.results.yearly"
	KeyResultsInQuarter i18n.Key = "admin.results.in_quarter"
	KeyResultsInYear    i18n.Key = "admin.results.in_year"
	KeyResultsNumber    i18n.Key = "admin.results.number"
)

// One promise, and its form.
const (
	KeyResultsPublic       i18n.Key = "admin.results.public"
	KeyResultsIndicator    i18n.Key = "admin.results.indicator"
	KeyResultsUnit         i18n.Key = "admin.results.unit"
	KeyResultsGoal         i18n.Key = "admin.results.goal"
	KeyResultsGoalLeast    i18n.Key = "admin.results.goal_least"
	KeyResultsGoalMost     i18n.Key = "admin.results.goal_most"
	KeyResultsGoalNone     i18n.Key = "admin.results.goal_none"
	KeyResultsEntered      i18n.Key = "admin.results.entered"
	KeyResultsNoneYet      i18n.Key = "admin.results.none_yet"
	KeyResultsBy           i18n.Key = "admin.results.by"
	KeyResultsBecause      i18n.Key = "admin.results.because"
	KeyResultsBefore       i18n.Key = "admin.results.before"
	KeyResultsEnterTitle   i18n.Key = "admin.results.enter_title"
	KeyResultsConsequence  i18n.Key = "admin.results.consequence"
	KeyResultsValue        i18n.Key = "admin.results.value"
	KeyResultsValueHint    i18n.Key = "admin.results.value_hint"
	KeyResultsEvidence     i18n.Key = "admin.results.evidence"
	KeyResultsEvidenceHint i18n.Key = "admin.results.evidence_hint"
	KeyResultsLink         i18n.Key = "admin.results.link"
	KeyResultsLinkHint     i18n.Key = "admin.results.link_hint"
	KeyResultsEnter        i18n.Key = "admin.results.enter"
	KeyResultsSaved        i18n.Key = "admin.results.saved"
	KeyResultsNone         i18n.Key = "admin.results.none"
)

// A correction.
const (
	KeyResultsCorrect      i18n.Key = "admin.results.correct"
	KeyResultsCorrectTitle i18n.Key = "admin.results.correct_title"
	KeyResultsCorrectAbout i18n.Key = "admin.results.correct_about"
	KeyResultsReason       i18n.Key = "admin.results.reason"
	KeyResultsReasonHint   i18n.Key = "admin.results.reason_hint"
	KeyResultsCorrectDo    i18n.Key = "admin.results.correct_do"
)

// What the audit chain calls it.
const (
	KeyDidResultEnter   i18n.Key = "audit.did.result.enter"
	KeyDidResultCorrect i18n.Key = "audit.did.result.correct"
)
