package casework

import "charterhouse/internal/i18n"

// What is wrong with a rule of a package, beside the general faults.
const (
	KeyCheckTerm   i18n.Key = "check.term"
	KeyCheckNoTerm i18n.Key = "check.no_term"
)
