package tenant

import "charterhouse/internal/i18n"

// What the registry refuses.
const (
	KeyNoSuchTown  i18n.Key = "tenant.no_such_town"
	KeyDomainTaken i18n.Key = "tenant.domain_taken"
	// KeySettingChanged: somebody has changed it since the form was made.
	KeySettingChanged i18n.Key = "tenant.setting_changed"
)

// What is wrong with a line of a town's package. The domains above share them.
const (
	KeyCheckRequired        i18n.Key = "check.required"
	KeyCheckLanguageMissing i18n.Key = "check.language_missing"
	KeyCheckLanguageUnknown i18n.Key = "check.language_unknown"
	KeyCheckOneOf           i18n.Key = "check.one_of"
	KeyCheckKey             i18n.Key = "check.key"
	KeyCheckTwice           i18n.Key = "check.twice"
	KeyCheckDate            i18n.Key = "check.date"
	KeyCheckURL             i18n.Key = "check.url"
	KeyCheckColour          i18n.Key = "check.colour"
	KeyCheckHost            i18n.Key = "check.host"
	KeyCheckEmail           i18n.Key = "check.email"
	KeyCheckDial            i18n.Key = "check.dial"
	KeyCheckHours           i18n.Key = "check.hours"
	KeyCheckPrefix          i18n.Key = "check.prefix"
)
