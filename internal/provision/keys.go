package provision

import "charterhouse/internal/i18n"

// What is wrong with a package as a whole.
const (
	KeyCheckFormat   i18n.Key = "check.format"
	KeyCheckCountry  i18n.Key = "check.country"
	KeyCheckNoRule   i18n.Key = "check.no_rule"
	KeyCheckCalendar i18n.Key = "check.calendar" // Reason
)
