package results

import "charterhouse/internal/i18n"

// Why a promise has no state.
const (
	KeyWhyUnverified i18n.Key = "results.why.unverified"
	KeyWhyNoTerm     i18n.Key = "results.why.no_term"
	KeyWhyNoTarget   i18n.Key = "results.why.no_target"
	KeyWhyOtherScale i18n.Key = "results.why.other_scale"
	KeyWhyTooFew     i18n.Key = "results.why.too_few"
	KeyWhyWaits      i18n.Key = "results.why.waits"
)

// What counts as kept, at risk and broken.
const (
	KeyJudgeShare      i18n.Key = "results.judge.share"
	KeyJudgePoints     i18n.Key = "results.judge.points"
	KeyJudgeAmountUp   i18n.Key = "results.judge.amount_up"
	KeyJudgeAmountDown i18n.Key = "results.judge.amount_down"
)

// What is wrong with a result that is entered.
const (
	KeyManualForm     i18n.Key = "results.manual.form"
	KeyManualNone     i18n.Key = "results.manual.none"
	KeyManualPeriod   i18n.Key = "results.manual.period"
	KeyManualValue    i18n.Key = "results.manual.value"
	KeyManualEvidence i18n.Key = "results.manual.evidence"
	KeyManualLink     i18n.Key = "results.manual.link"
	KeyManualReason   i18n.Key = "results.manual.reason"
	KeyManualKnown    i18n.Key = "results.manual.known"
	KeyManualChanged  i18n.Key = "results.manual.changed"
)

// What stands beside a figure.
const (
	KeyOf        i18n.Key = "results.of"
	KeyRatings   i18n.Key = "results.ratings"
	KeyOutOfFive i18n.Key = "results.out_of_five"
)
