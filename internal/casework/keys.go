package casework

import "charterhouse/internal/i18n"

// What is wrong with a rule of a package, beside the general faults.
const (
	KeyCheckTerm   i18n.Key = "check.term"
	KeyCheckNoTerm i18n.Key = "check.no_term"
	KeyCheckUsual  i18n.Key = "check.usual"
	// KeyRuleChanged: somebody has changed it since the form was made.
	KeyRuleChanged i18n.Key = "case.rule.changed"
	KeyRuleFaults  i18n.Key = "case.rule.faults"
)

// What is wrong with a form.
const (
	KeyFormFaults          i18n.Key = "case.form"
	KeyTextUnreadable      i18n.Key = "case.text.unreadable"
	KeyTextTooLong         i18n.Key = "case.text.too_long"
	KeyEmailNoAt           i18n.Key = "case.email.no_at"
	KeyEmailForm           i18n.Key = "case.email.form"
	KeyDateAhead           i18n.Key = "case.date.ahead"
	KeyDateLongAgo         i18n.Key = "case.date.long_ago"
	KeyNeedKind            i18n.Key = "case.need.kind"
	KeyNeedLanguage        i18n.Key = "case.need.language"
	KeyNeedTitle           i18n.Key = "case.need.title"
	KeyNeedBody            i18n.Key = "case.need.body"
	KeyNeedName            i18n.Key = "case.need.name"
	KeyNeedEmail           i18n.Key = "case.need.email"
	KeyNeedAddress         i18n.Key = "case.need.address"
	KeyNeedReplyBy         i18n.Key = "case.need.reply_by"
	KeyNameOrNothing       i18n.Key = "case.anonymous.name_or_nothing"
	KeyNamedAnonymous      i18n.Key = "case.anonymous.named"
	KeyHappenedLater       i18n.Key = "case.date.happened_later"
	KeyAnonymousRefused    i18n.Key = "case.anonymous.refused"
	KeyAnonymousDangerOnly i18n.Key = "case.anonymous.danger_only"
	KeyTicketForeign       i18n.Key = "case.ticket.foreign"
	KeyTicketOld           i18n.Key = "case.ticket.old"
	KeyNeedAnswer          i18n.Key = "case.need.answer"
	KeyNeedAddition        i18n.Key = "case.need.addition"
	KeyNeedScore           i18n.Key = "case.need.score"
	KeyRatedAlready        i18n.Key = "case.rated_already"
	KeyNoSuchCode          i18n.Key = "case.no_such_code"
)

// What an officer is told.
const (
	KeyNeedChannel        i18n.Key = "case.need.channel"
	KeyNeedReceived       i18n.Key = "case.need.received"
	KeyNoDepartment       i18n.Key = "case.no_department"
	KeyNoHandler          i18n.Key = "case.no_handler"
	KeyNeedQuestion       i18n.Key = "case.need.question"
	KeyNeedReply          i18n.Key = "case.need.reply"
	KeyNeedReasons        i18n.Key = "case.need.reasons"
	KeyNeedSteps          i18n.Key = "case.need.steps"
	KeyNeedReasonsOrSteps i18n.Key = "case.need.reasons_or_steps"
	KeyNeedFinal          i18n.Key = "case.need.final"
	KeyFinalTooEarly      i18n.Key = "case.final.too_early"
	KeyFinalTooLate       i18n.Key = "case.final.too_late"
	KeyFinalDayOff        i18n.Key = "case.final.day_off"
	KeyFinalFarAhead      i18n.Key = "case.final.far_ahead"
	KeyBeyondLaw          i18n.Key = "case.final.beyond_law"
	KeyNeedGround         i18n.Key = "case.need.ground"
	KeyGroundNamed        i18n.Key = "case.ground.named"
	KeyNeedInstitution    i18n.Key = "case.need.institution"
	KeyNeedNote           i18n.Key = "case.need.note"
	KeyNoExtension        i18n.Key = "case.no_extension"
	KeyTermRunOut         i18n.Key = "case.term_run_out"
	KeyExtendedFully      i18n.Key = "case.extended_fully"
	KeyClockStopped       i18n.Key = "case.clock_stopped"
	KeyNoClaim            i18n.Key = "case.no_claim"
	KeyClaimOpen          i18n.Key = "case.claim_open"
	KeyAnswerOwed         i18n.Key = "case.answer_owed"
	KeyNoSuchCase         i18n.Key = "case.no_such"
	KeyChangedMeanwhile   i18n.Key = "case.changed_meanwhile"
	KeyConfidential       i18n.Key = "case.confidential"
	KeyNoSuchFile         i18n.Key = "case.no_such_file"
	KeyNotInState         i18n.Key = "case.not_in_state"
)
