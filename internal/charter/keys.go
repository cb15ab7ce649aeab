package charter

import "charterhouse/internal/i18n"

// What the charter refuses.
const (
	KeyNoSuchVersion      i18n.Key = "charter.no_such_version"
	KeyPublishedMeanwhile i18n.Key = "charter.published_meanwhile"
)

// What is wrong with a line of charter.yaml, beside the general faults.
const (
	KeyCheckScore   i18n.Key = "check.score"
	KeyCheckShare   i18n.Key = "check.share"
	KeyCheckForeign i18n.Key = "check.foreign_field"

	KeyCheckExpectationOf       i18n.Key = "check.expectation_of"
	KeyCheckExpectationMeasured i18n.Key = "check.expectation_measured"
)
