package tenant

import "charterhouse/internal/i18n"

// How a due date is explained, day by day; see Explain. The arguments: Due, Zero
// and For are dates, Term a term, Names holidays in the reader's language.
const (
	KeyDueAnswerBy i18n.Key = "due.answer_by" // Due
	KeyDueLiteral  i18n.Key = "due.literal"   // Term; Count = the days that count
	// KeyDueLiteralToday is "less than 1 working day".
	KeyDueLiteralToday i18n.Key = "due.literal_today"    // Term
	KeyDueCalendar     i18n.Key = "due.calendar_version" // Calendar, Version
	KeyDueNone         i18n.Key = "due.none"

	KeyDueReceived        i18n.Key = "due.day.received"
	KeyDueReceivedLate    i18n.Key = "due.day.received_late"    // Zero
	KeyDueReceivedDayOff  i18n.Key = "due.day.received_day_off" // Zero
	KeyDueReceivedSame    i18n.Key = "due.day.received_same"
	KeyDueCountsAsReceipt i18n.Key = "due.day.counts_as_receipt"
	KeyDueCountsAsSame    i18n.Key = "due.day.counts_as_same"
	KeyDueFirst           i18n.Key = "due.day.first"

	KeyDueEndWorkingDays i18n.Key = "due.day.end_working_days" // Count
	KeyDueEndDays        i18n.Key = "due.day.end_days"         // Count
	KeyDueEndMonths      i18n.Key = "due.day.end_months"       // Count
	KeyDueEndDayOff      i18n.Key = "due.day.end_day_off"
	KeyDueClipped        i18n.Key = "due.day.clipped"
	KeyDueMoved          i18n.Key = "due.day.moved"

	KeyDueWeekend         i18n.Key = "due.reason.weekend"
	KeyDueHoliday         i18n.Key = "due.reason.holiday"         // Names
	KeyDueSubstitute      i18n.Key = "due.reason.substitute"      // Names, For
	KeyDueDeclared        i18n.Key = "due.reason.declared"        // Names
	KeyDueDeclaredTown    i18n.Key = "due.reason.declared_town"   // Names
	KeyDueDeclaredWorking i18n.Key = "due.reason.working"         // Names
	KeyDueSource          i18n.Key = "due.reason.declared_source" // Source
)
