package comparison

import "charterhouse/internal/i18n"

// What is compared.
const (
	KeyNameLaw          i18n.Key = "comparison.name.on_time_law"
	KeyNameOwn          i18n.Key = "comparison.name.on_time_own"
	KeyNameFirst        i18n.Key = "comparison.name.on_time_first"
	KeyNameDays         i18n.Key = "comparison.name.first_answer"
	KeyNameOverdue      i18n.Key = "comparison.name.overdue"
	KeyNameExtended     i18n.Key = "comparison.name.extended"
	KeyNameNotified     i18n.Key = "comparison.name.extension_notified"
	KeyNameAcknowledged i18n.Key = "comparison.name.acknowledged"
	KeyNameSent         i18n.Key = "comparison.name.sent_in_time"
	KeyNameVolume       i18n.Key = "comparison.name.received"
	KeyNameSatisfaction i18n.Key = "comparison.name.satisfaction"
)

// What exactly is counted.
const (
	KeyMeansLaw          i18n.Key = "comparison.means.on_time_law"
	KeyMeansOwn          i18n.Key = "comparison.means.on_time_own"
	KeyMeansFirst        i18n.Key = "comparison.means.on_time_first"
	KeyMeansDays         i18n.Key = "comparison.means.first_answer"
	KeyMeansOverdue      i18n.Key = "comparison.means.overdue"
	KeyMeansExtended     i18n.Key = "comparison.means.extended"
	KeyMeansNotified     i18n.Key = "comparison.means.extension_notified"
	KeyMeansAcknowledged i18n.Key = "comparison.means.acknowledged"
	KeyMeansSent         i18n.Key = "comparison.means.sent_in_time"
	KeyMeansVolume       i18n.Key = "comparison.means.received"
	KeyMeansSatisfaction i18n.Key = "comparison.means.satisfaction"
)

// Units, and why there is no figure.
const (
	KeyUnitShare      i18n.Key = "comparison.unit.share"
	KeyUnitDays       i18n.Key = "comparison.unit.days"
	KeyUnitVolume     i18n.Key = "comparison.unit.volume"
	KeyUnitPoints     i18n.Key = "comparison.unit.points"
	KeyWhyNotJoined   i18n.Key = "comparison.why.not_joined"
	KeyWhyFew         i18n.Key = "comparison.why.few"
	KeyWhyLaw         i18n.Key = "comparison.why.law"
	KeyWhyInhabitants i18n.Key = "comparison.why.inhabitants"
)
