package national

import "charterhouse/internal/i18n"

// The portal's front page.
const (
	KeyPortalTitle       i18n.Key = "portal.title"
	KeyPortalDescription i18n.Key = "portal.description"
	KeyPortalLead        i18n.Key = "portal.lead"
	KeyPortalInhabitants i18n.Key = "portal.inhabitants"
	KeyPortalSample      i18n.Key = "portal.sample"
)

// The list by country and region, and the search in it.
const (
	KeyPortalListTitle        i18n.Key = "portal.list.title"
	KeyPortalListAllCountries i18n.Key = "portal.list.all_countries"
	KeyPortalListCountry      i18n.Key = "portal.list.country"
	KeyPortalListClear        i18n.Key = "portal.list.clear"
	KeyPortalSearchLabel      i18n.Key = "portal.search.label"
	KeyPortalSearchHint       i18n.Key = "portal.search.hint"
	KeyPortalSearchSubmit     i18n.Key = "portal.search.submit"
	KeyPortalSearchCount      i18n.Key = "portal.search.count"
	KeyPortalSearchNone       i18n.Key = "portal.search.none"
	KeyCountryLt              i18n.Key = "country.lt"
	KeyCountryBg              i18n.Key = "country.bg"
	KeyCountryRegionLt        i18n.Key = "country.region.lt"
	KeyCountryRegionBg        i18n.Key = "country.region.bg"
)

// What a charter is.
const (
	KeyPortalWhatTitle    i18n.Key = "portal.what.title"
	KeyPortalWhatPromises i18n.Key = "portal.what.promises"
	KeyPortalWhatBadges   i18n.Key = "portal.what.badges"
	KeyPortalWhatDates    i18n.Key = "portal.what.dates"
	KeyPortalWhatOwn      i18n.Key = "portal.what.own"
)

// How a municipality joins.
const (
	KeyPortalJoinTitle        i18n.Key = "portal.join.title"
	KeyPortalJoinLead         i18n.Key = "portal.join.lead"
	KeyPortalJoinStepSettings i18n.Key = "portal.join.step_settings"
	KeyPortalJoinStepCharter  i18n.Key = "portal.join.step_charter"
	KeyPortalJoinStepPublish  i18n.Key = "portal.join.step_publish"
	KeyPortalJoinContact      i18n.Key = "portal.join.contact"
)

// The accessibility statement.
const (
	KeyAccessibilityTitle            i18n.Key = "accessibility.title"
	KeyAccessibilityDescription      i18n.Key = "accessibility.description"
	KeyAccessibilityAim              i18n.Key = "accessibility.aim"
	KeyAccessibilityChecksTitle      i18n.Key = "accessibility.checks.title"
	KeyAccessibilityChecksAutomatic  i18n.Key = "accessibility.checks.automatic"
	KeyAccessibilityChecksNarrow     i18n.Key = "accessibility.checks.narrow"
	KeyAccessibilityChecksScript     i18n.Key = "accessibility.checks.script"
	KeyAccessibilityChecksColour     i18n.Key = "accessibility.checks.colour"
	KeyAccessibilityGapsTitle        i18n.Key = "accessibility.gaps.title"
	KeyAccessibilityGapsDocuments    i18n.Key = "accessibility.gaps.documents"
	KeyAccessibilityGapsTranslations i18n.Key = "accessibility.gaps.translations"
	KeyAccessibilityReportTitle      i18n.Key = "accessibility.report.title"
	KeyAccessibilityReportText       i18n.Key = "accessibility.report.text"
)

// The privacy page.
const (
	KeyPrivacyTitle        i18n.Key = "privacy.title"
	KeyPrivacyDescription  i18n.Key = "privacy.description"
	KeyPrivacyShort        i18n.Key = "privacy.short"
	KeyPrivacyCookiesTitle i18n.Key = "privacy.cookies.title"
	KeyPrivacyCookiesText  i18n.Key = "privacy.cookies.text"
	KeyPrivacyLogTitle     i18n.Key = "privacy.log.title"
	KeyPrivacyLogText      i18n.Key = "privacy.log.text"
	KeyPrivacyFiguresTitle i18n.Key = "privacy.figures.title"
	KeyPrivacyFiguresText  i18n.Key = "privacy.figures.text"
)
