package casework

import "charterhouse/internal/i18n"

// Mails to the submitter. Kind is how a sender calls the case: „Вашата жалба“.
const (
	KeyMailKindQuestion       i18n.Key = "mail.case.kind.question"
	KeyMailKindComplaint      i18n.Key = "mail.case.kind.complaint"
	KeyMailKindSignal         i18n.Key = "mail.case.kind.signal"
	KeyMailKindProposal       i18n.Key = "mail.case.kind.proposal"
	KeyMailKindRequest        i18n.Key = "mail.case.kind.request"
	KeyMailKindPraise         i18n.Key = "mail.case.kind.praise"
	KeyMailReceivedQuestion   i18n.Key = "mail.case.received.question"
	KeyMailReceivedComplaint  i18n.Key = "mail.case.received.complaint"
	KeyMailReceivedSignal     i18n.Key = "mail.case.received.signal"
	KeyMailReceivedProposal   i18n.Key = "mail.case.received.proposal"
	KeyMailReceivedRequest    i18n.Key = "mail.case.received.request"
	KeyMailReceivedPraise     i18n.Key = "mail.case.received.praise"
	KeyMailReceivedLeadDue    i18n.Key = "mail.case.received.lead_due"
	KeyMailReceivedLead       i18n.Key = "mail.case.received.lead"
	KeyMailReceivedLeadOn     i18n.Key = "mail.case.received.lead_on"     // Kind, Received
	KeyMailReceivedLeadOnDue  i18n.Key = "mail.case.received.lead_on_due" // Kind, Received, Due
	KeyMailReceivedLeadPassed i18n.Key = "mail.case.received.lead_passed" // Kind, Received, Due
	KeyMailReceivedBody       i18n.Key = "mail.case.received.body"
	KeyMailAsked              i18n.Key = "mail.case.asked.subject"
	KeyMailAskedLead          i18n.Key = "mail.case.asked.lead"
	KeyMailAskedStops         i18n.Key = "mail.case.asked.stops"
	KeyMailAskedRuns          i18n.Key = "mail.case.asked.runs"
	KeyMailAskedHow           i18n.Key = "mail.case.asked.how"
	KeyMailExtended           i18n.Key = "mail.case.extended.subject"
	KeyMailExtendedLead       i18n.Key = "mail.case.extended.lead"
	KeyMailMoreTime           i18n.Key = "mail.case.extended.more_time"
	KeyMailPromiseStands      i18n.Key = "mail.case.extended.promise_stands" // Own
	KeyMailPromiseBroken      i18n.Key = "mail.case.extended.promise_broken" // Own
	KeyMailLawExtended        i18n.Key = "mail.case.extended.law"            // Law
	KeyMailLawEnds            i18n.Key = "mail.case.extended.law_ends"       // Law
	KeyMailReasons            i18n.Key = "mail.case.reasons"
	KeyMailSteps              i18n.Key = "mail.case.steps"
	KeyMailAnswered           i18n.Key = "mail.case.answered.subject"
	KeyMailAnsweredLead       i18n.Key = "mail.case.answered.lead"
	KeyMailReviewNote         i18n.Key = "mail.case.review.note"
	KeyMailReviewBody         i18n.Key = "mail.case.review.body"
	KeyMailRate               i18n.Key = "mail.case.rate"
	KeyMailDeclined           i18n.Key = "mail.case.declined.subject"
	KeyMailDeclinedLead       i18n.Key = "mail.case.declined.lead"
	KeyMailGround             i18n.Key = "mail.case.ground"
	KeyMailGroundBasis        i18n.Key = "mail.case.ground_basis"
	KeyMailForwarded          i18n.Key = "mail.case.forwarded.subject"
	KeyMailForwardedLead      i18n.Key = "mail.case.forwarded.lead"
	KeyMailForwardedBody      i18n.Key = "mail.case.forwarded.body"
	KeyMailReopened           i18n.Key = "mail.case.reopened.subject"
	KeyMailReopenedLead       i18n.Key = "mail.case.reopened.lead"
	KeyMailWithdrawn          i18n.Key = "mail.case.withdrawn.subject"
	KeyMailWithdrawnLead      i18n.Key = "mail.case.withdrawn.lead"
	KeyMailPassedOn           i18n.Key = "mail.case.passed_on.subject"
	KeyMailPassedOnLead       i18n.Key = "mail.case.passed_on.lead"
	KeyMailTrack              i18n.Key = "mail.case.track"
)

// Mails to the desk.
const (
	KeyMailOpen              i18n.Key = "mail.desk.open"
	KeyMailOpenDesk          i18n.Key = "mail.desk.open_all"
	KeyMailDeskFiled         i18n.Key = "mail.desk.filed.subject"
	KeyMailDeskFiledLead     i18n.Key = "mail.desk.filed.lead"
	KeyMailDeskAssigned      i18n.Key = "mail.desk.assigned.subject"
	KeyMailDeskAssignedLead  i18n.Key = "mail.desk.assigned.lead"
	KeyMailDeskResponded     i18n.Key = "mail.desk.responded.subject"
	KeyMailDeskRespondedLead i18n.Key = "mail.desk.responded.lead"
	KeyMailDeskAdded         i18n.Key = "mail.desk.added.subject"
	KeyMailDeskAddedLead     i18n.Key = "mail.desk.added.lead"
	KeyMailDeskWithdrawn     i18n.Key = "mail.desk.withdrawn.subject"
	KeyMailDeskWithdrawnLead i18n.Key = "mail.desk.withdrawn.lead"
	KeyMailDeskDue           i18n.Key = "mail.desk.due"
	KeyMailDeskDanger        i18n.Key = "mail.desk.danger"
	KeyMailDeskNear          i18n.Key = "mail.desk.near"
	KeyMailDeskPassed        i18n.Key = "mail.desk.passed"
	KeyMailDeskLate          i18n.Key = "mail.desk.late"
	KeyMailDeskOwn           i18n.Key = "mail.desk.whose.own"
	KeyMailDeskLaw           i18n.Key = "mail.desk.whose.law"
	KeyMailDeskLawUnverified i18n.Key = "mail.desk.whose.law_unverified"
	KeyMailDeskDates         i18n.Key = "mail.desk.dates.subject"
	KeyMailDeskDatesLead     i18n.Key = "mail.desk.dates.lead"
)
