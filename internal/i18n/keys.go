package i18n

// How dates are written. Names of months and weekdays are numbered from 1 (1 =
// January, 1 = Monday) and stand in one message each, divided by spaces.
const (
	keyMonths        Key = "date.months"
	keyMonthsOf      Key = "date.months_of"
	keyMonthsIn      Key = "date.months_in"
	keyMonthsShort   Key = "date.months_short"
	keyWeekdays      Key = "date.weekdays"
	keyWeekdaysOn    Key = "date.weekdays_on"
	keyWeekdaysShort Key = "date.weekdays_short"

	keyDateLong     Key = "date.long"
	keyDateFull     Key = "date.full"
	keyDateSentence Key = "date.sentence"
	keyDateShort    Key = "date.short"
	keyDateTyped    Key = "date.typed"
	keyDateLabel    Key = "date.label"
	keyDateDay      Key = "date.day"
	keyMonthYear    Key = "date.month_year"
	keyInMonthYear  Key = "date.in_month_year"
	keyQuarter      Key = "date.quarter"
	keyYear         Key = "date.year"
	keyDateTime     Key = "date.time"
	keyClock        Key = "date.clock"
)

// How numbers, lists and quotations are written.
const (
	keyDecimal   Key = "number.decimal"
	keyGroup     Key = "number.group"
	keyGroupFrom Key = "number.group_from"
	keyMinus     Key = "number.minus"
	keyPercent   Key = "number.percent"
	keyAnd       Key = "list.and"
	keyOr        Key = "list.or"
	keyQuote     Key = "quote"
)

// Terms: within how many days something happens.
const (
	keyWithinWorkingDays   Key = "term.within.working_days"
	keyWithinDays          Key = "term.within.days"
	keyWithinMonths        Key = "term.within.months"
	keyLessThanWorkingDays Key = "term.less_than.working_days"
	keySameWorkingDay      Key = "term.same_working_day"
)

// Lengths of time with their unit; each takes Count.
const (
	KeyWorkingDays        Key = "span.working_days"
	KeyDays               Key = "span.days"
	KeyMonths             Key = "span.months"
	KeyWorkingDaysLeft    Key = "span.working_days_left"
	KeyWorkingDaysOverdue Key = "span.working_days_overdue"
	KeyWorkingDaysEarly   Key = "span.working_days_early"
)

// The languages by their own name, for the language switch and hreflang titles.
const (
	KeyLanguageLT Key = "language.lt"
	KeyLanguageBG Key = "language.bg"
	KeyLanguageEN Key = "language.en"
)
