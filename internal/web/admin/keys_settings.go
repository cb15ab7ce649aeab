package admin

import "charterhouse/internal/i18n"

// The settings: the overview, and what stands on every page of them.
const (
	KeySettingsTitle        i18n.Key = "settings.title"
	KeySettingsLead         i18n.Key = "settings.lead"
	KeySettingsReadOnly     i18n.Key = "settings.read_only"
	KeySettingsSaved        i18n.Key = "settings.saved"
	KeySettingsOwnOf        i18n.Key = "settings.own_of"
	KeySettingsMissing      i18n.Key = "settings.missing"
	KeySettingsEdit         i18n.Key = "settings.edit"
	KeySettingsSave         i18n.Key = "settings.save"
	KeySettingsInherit      i18n.Key = "settings.inherit"
	KeySettingsInheritAbout i18n.Key = "settings.inherit_about"
	KeySettingsLanguage     i18n.Key = "settings.in_language"
	KeySettingsSource       i18n.Key = "settings.source"
	KeySettingsPast         i18n.Key = "settings.past"
	KeySettingsVersion      i18n.Key = "settings.version"
	KeySettingsWhat         i18n.Key = "settings.col.what"
	KeySettingsWhose        i18n.Key = "settings.col.whose"
	KeySettingsDo           i18n.Key = "settings.col.do"
	KeyDateForm             i18n.Key = "settings.date_form"
	KeyHourForm             i18n.Key = "settings.hour_form"
	KeyAsCountry            i18n.Key = "settings.as_country"
)

// Where a setting comes from.
const (
	KeyOriginInherited i18n.Key = "settings.origin.inherited"
	KeyOriginPackage   i18n.Key = "settings.origin.package"
	KeyOriginOwn       i18n.Key = "settings.origin.own"
	KeyOriginOwnBy     i18n.Key = "settings.origin.own_by"
	KeyOriginBack      i18n.Key = "settings.origin.back"
	KeyOriginBackBy    i18n.Key = "settings.origin.back_by"
)

// Terms: the list, and the rule for one kind of case.
const (
	KeyTermsTitle     i18n.Key = "settings.terms.title"
	KeyTermsAbout     i18n.Key = "settings.terms.about"
	KeyTermsKind      i18n.Key = "settings.terms.kind"
	KeyTermOwn        i18n.Key = "settings.term.own"
	KeyTermNone       i18n.Key = "settings.term.none"
	KeyTermNoTerm     i18n.Key = "settings.term.no_term"
	KeyTermLaw        i18n.Key = "settings.term.law"
	KeyTermUnverified i18n.Key = "settings.term.unverified"
	KeyTermVerified   i18n.Key = "settings.term.verified"
	KeyTermUsual      i18n.Key = "settings.term.usual"
	KeyTermByLaw      i18n.Key = "settings.term.by_law"
	KeyTermExtension  i18n.Key = "settings.term.extension"
	KeyTermBasis      i18n.Key = "settings.term.basis"
	KeyTermNote       i18n.Key = "settings.term.note"
	KeyKindNote       i18n.Key = "settings.term.kind_note"
	KeyKindNoteHint   i18n.Key = "settings.term.kind_note_hint"
	KeyTermHint       i18n.Key = "settings.term.hint"
	KeyTermForm       i18n.Key = "settings.term.form"
	KeyTermUnit       i18n.Key = "settings.term.unit"
	KeyTermZero       i18n.Key = "settings.term.zero"
	KeyTermLong       i18n.Key = "settings.term.long"
	KeyTermNeeded     i18n.Key = "settings.term.needed"
	KeyNeedChoice     i18n.Key = "settings.need_choice"
	KeyTermMeasured   i18n.Key = "settings.term.measured"
	KeyTermWords      i18n.Key = "settings.term.lead"
)

// What a town may decide about a kind of case.
const (
	KeyOwnNone            i18n.Key = "settings.own.none"
	KeyOwnNumber          i18n.Key = "settings.own.number"
	KeyOwnByLaw           i18n.Key = "settings.own.by_law"
	KeyOwnLimit           i18n.Key = "settings.own.limit"
	KeyOwnUsual           i18n.Key = "settings.own.usual"
	KeyOwnChannels        i18n.Key = "settings.own.channels"
	KeyOwnChannelsHint    i18n.Key = "settings.own.channels_hint"
	KeyTermUsualLabel     i18n.Key = "settings.own.usual_label"
	KeyLawInherited       i18n.Key = "settings.law.inherited"
	KeyLawOwn             i18n.Key = "settings.law.own"
	KeyLawOwnHint         i18n.Key = "settings.law.own_hint"
	KeyLawNone            i18n.Key = "settings.law.none"
	KeyLawChecked         i18n.Key = "settings.law.checked"
	KeyLawVerified        i18n.Key = "settings.law.verified"
	KeyExtensionInherited i18n.Key = "settings.extension.inherited"
	KeyExtensionNone      i18n.Key = "settings.extension.none"
	KeyExtensionOwn       i18n.Key = "settings.extension.own"
	KeyExtensionBy        i18n.Key = "settings.extension.by"
	KeyExtensionUncapped  i18n.Key = "settings.extension.uncapped"
	KeyExtensionCap       i18n.Key = "settings.extension.cap"
	KeyExtensionCapHint   i18n.Key = "settings.extension.cap_hint"
	KeyExtensionNotice    i18n.Key = "settings.extension.notice"
	KeyExtensionNames     i18n.Key = "settings.extension.names"
	KeyExtensionNamesHint i18n.Key = "settings.extension.names_hint"
	KeyNamesReasons       i18n.Key = "settings.extension.reasons"
	KeyNamesSteps         i18n.Key = "settings.extension.steps"
	KeyNamesFinal         i18n.Key = "settings.extension.final"
)

// Trying a rule before it is saved.
const (
	KeyTry         i18n.Key = "settings.try.title"
	KeyTryAbout    i18n.Key = "settings.try.about"
	KeyTryDate     i18n.Key = "settings.try.date"
	KeyTryHour     i18n.Key = "settings.try.hour"
	KeyTryHourHint i18n.Key = "settings.try.hour_hint"
	KeyTryDo       i18n.Key = "settings.try.do"
	KeyTryToday    i18n.Key = "settings.try.today"
	KeyTryResult   i18n.Key = "settings.try.result"
	KeyTryOutside  i18n.Key = "settings.try.outside"
	KeyTryNothing  i18n.Key = "settings.try.nothing"
)

// How days are counted.
const (
	KeyCountingTitle      i18n.Key = "settings.counting.title"
	KeyCountingAbout      i18n.Key = "settings.counting.about"
	KeyOutsideTitle       i18n.Key = "settings.outside.title"
	KeyOutsideSame        i18n.Key = "settings.outside.same"
	KeyOutsideNext        i18n.Key = "settings.outside.next"
	KeyOutsideUnconfirmed i18n.Key = "settings.outside.unconfirmed"
	KeyShiftUnconfirmed   i18n.Key = "settings.outside.not_applied"
	KeyAskingTitle        i18n.Key = "settings.asking.title"
	KeyAskingStops        i18n.Key = "settings.asking.stops"
	KeyAskingRuns         i18n.Key = "settings.asking.runs"
)

// Cases without a name.
const (
	KeyAnonymousTitle i18n.Key = "settings.anonymous.title"
	KeyAnonymousAbout i18n.Key = "settings.anonymous.about"
	KeyPolicy         i18n.Key = "settings.anonymous.policy"
	KeyPolicyAccept   i18n.Key = "settings.anonymous.accept"
	KeyPolicyRefuse   i18n.Key = "settings.anonymous.refuse"
	KeyPolicyDanger   i18n.Key = "settings.anonymous.danger"
	KeyNotice         i18n.Key = "settings.anonymous.notice"
	KeyNoticeHint     i18n.Key = "settings.anonymous.notice_hint"
)

// Channels.
const (
	KeyChannelsTitle        i18n.Key = "settings.channels.title"
	KeyChannelsAbout        i18n.Key = "settings.channels.about"
	KeyChannelsNone         i18n.Key = "settings.channels.none"
	KeyChannelsInherit      i18n.Key = "settings.channels.inherit"
	KeyChannelsInheritAbout i18n.Key = "settings.channels.inherit_about"
	KeyChannelNew           i18n.Key = "settings.channel.new"
	KeyChannelNone          i18n.Key = "settings.channel.gone"
	KeyChannelKindLabel     i18n.Key = "settings.channel.kind"
	KeyChannelKind          i18n.Key = "settings.channel.kind_needed"
	KeyChannelTitle         i18n.Key = "settings.channel.title"
	KeyChannelBody          i18n.Key = "settings.channel.body"
	KeyChannelComplaints    i18n.Key = "settings.channel.complaints"
	KeyChannelLinks         i18n.Key = "settings.channel.links"
	KeyChannelLinkURL       i18n.Key = "settings.channel.link_url"
	KeyChannelLinkHint      i18n.Key = "settings.channel.link_hint"
	KeyChannelLinkLabel     i18n.Key = "settings.channel.link_label"
	KeyChannelURL           i18n.Key = "settings.channel.url"
	KeyChannelUp            i18n.Key = "settings.channel.up"
	KeyChannelDown          i18n.Key = "settings.channel.down"
	KeyChannelRemove        i18n.Key = "settings.channel.remove"
	KeyChannelMark          i18n.Key = "settings.channel.mark"
)

// The kinds of channel.
const (
	KeyWayPost    i18n.Key = "channel.kind.post"
	KeyWayEmail   i18n.Key = "channel.kind.email"
	KeyWayPhone   i18n.Key = "channel.kind.phone"
	KeyWayVisit   i18n.Key = "channel.kind.visit"
	KeyWayForm    i18n.Key = "channel.kind.form"
	KeyWayBox     i18n.Key = "channel.kind.box"
	KeyWayWebsite i18n.Key = "channel.kind.website"
	KeyWaySocial  i18n.Key = "channel.kind.social"
	KeyWayMeeting i18n.Key = "channel.kind.meeting"
	KeyWayDesk    i18n.Key = "channel.kind.desk"
)

// Office hours.
const (
	KeyHoursTitle     i18n.Key = "settings.hours.title"
	KeyHoursAbout     i18n.Key = "settings.hours.about"
	KeyHoursHint      i18n.Key = "settings.hours.hint"
	KeyHoursDay       i18n.Key = "settings.hours.day"
	KeyHoursOpens     i18n.Key = "settings.hours.opens"
	KeyHoursBreakFrom i18n.Key = "settings.hours.break_from"
	KeyHoursBreakTo   i18n.Key = "settings.hours.break_to"
	KeyHoursCloses    i18n.Key = "settings.hours.closes"
	KeyHoursBoth      i18n.Key = "settings.hours.both"
	KeyBreakBoth      i18n.Key = "settings.hours.break_both"
	KeyHoursOrder     i18n.Key = "settings.hours.order"
	KeyHoursNone      i18n.Key = "settings.hours.none"
)

// The town's own days off.
const (
	KeyDaysTitle        i18n.Key = "settings.days.title"
	KeyDaysAbout        i18n.Key = "settings.days.about"
	KeyDaysOwn          i18n.Key = "settings.days.own"
	KeyDaysNone         i18n.Key = "settings.days.none"
	KeyDaysCountry      i18n.Key = "settings.days.country"
	KeyDaysCountryNone  i18n.Key = "settings.days.country_none"
	KeyDayNew           i18n.Key = "settings.day.new"
	KeyDayNone          i18n.Key = "settings.day.gone"
	KeyDayDate          i18n.Key = "settings.day.date"
	KeyDayDateHint      i18n.Key = "settings.day.date_hint"
	KeyDayKind          i18n.Key = "settings.day.kind"
	KeyDayOff           i18n.Key = "settings.day.off"
	KeyDayWorking       i18n.Key = "settings.day.working"
	KeyDayName          i18n.Key = "settings.day.name"
	KeyDayNameHint      i18n.Key = "settings.day.name_hint"
	KeyDaySource        i18n.Key = "settings.day.source"
	KeyDayHoliday       i18n.Key = "settings.day.holiday"
	KeyDayWorkedAlready i18n.Key = "settings.day.worked"
	KeyDayContradicts   i18n.Key = "settings.day.contradicts"
	KeyDayTry           i18n.Key = "settings.day.try"
	KeyMovedTitle       i18n.Key = "settings.moved.title"
	KeyMovedAbout       i18n.Key = "settings.moved.about"
	KeyMovedNone        i18n.Key = "settings.moved.none"
	KeyMovedMore        i18n.Key = "settings.moved.more"
	KeyMovedCase        i18n.Key = "settings.moved.case"
	KeyMovedKeeps       i18n.Key = "settings.moved.keeps"
	KeyMovedWould       i18n.Key = "settings.moved.would"
)

// The questions of a form of terms.
const (
	KeyOwnQuestion       i18n.Key = "settings.own.question"
	KeyLawQuestion       i18n.Key = "settings.law.question"
	KeyExtensionQuestion i18n.Key = "settings.extension.question"
	KeyOriginNothing     i18n.Key = "settings.origin.nothing"
	KeyTryWeekends       i18n.Key = "settings.try.weekends"
)

// Departments that cases are handed to.
const (
	KeyDepartmentsTitle  i18n.Key = "settings.departments.title"
	KeyDepartmentsAbout  i18n.Key = "settings.departments.about"
	KeyDepartmentsNone   i18n.Key = "settings.departments.none"
	KeyDepartmentsHint   i18n.Key = "settings.departments.hint"
	KeyDepartmentNew     i18n.Key = "settings.department.new"
	KeyDepartmentNone    i18n.Key = "settings.department.gone"
	KeyDepartmentTitle   i18n.Key = "settings.department.title"
	KeyDepartmentCases   i18n.Key = "settings.department.cases"
	KeyDepartmentUsed    i18n.Key = "settings.department.used"
	KeyDepartmentFree    i18n.Key = "settings.department.unused"
	KeyDepartmentOff     i18n.Key = "settings.department.off"
	KeyDepartmentToOff   i18n.Key = "settings.department.switch_off"
	KeyDepartmentToOn    i18n.Key = "settings.department.switch_on"
	KeyDepartmentKept    i18n.Key = "settings.department.kept"
	KeyDepartmentRenamed i18n.Key = "settings.department.renamed"
)

// How long cases are kept.
const (
	KeyRetentionTitle  i18n.Key = "settings.retention.title"
	KeyRetentionAbout  i18n.Key = "settings.retention.about"
	KeyRetentionField  i18n.Key = "settings.retention.field"
	KeyRetentionHint   i18n.Key = "settings.retention.hint"
	KeyRetentionSource i18n.Key = "settings.retention.source"
)
