package admin

import "charterhouse/internal/i18n"

// The list of cases.
const (
	KeyInboxOpen         i18n.Key = "admin.inbox.open"
	KeyInboxMine         i18n.Key = "admin.inbox.mine"
	KeyInboxOverdue      i18n.Key = "admin.inbox.overdue"
	KeyInboxToday        i18n.Key = "admin.inbox.today"
	KeyInboxSoon         i18n.Key = "admin.inbox.soon"
	KeyInboxWaiting      i18n.Key = "admin.inbox.waiting"
	KeyInboxUnassigned   i18n.Key = "admin.inbox.unassigned"
	KeyInboxDone         i18n.Key = "admin.inbox.done"
	KeyInboxOrder        i18n.Key = "admin.inbox.order"
	KeyInboxDoneOrder    i18n.Key = "admin.inbox.done_order"
	KeyInboxCount        i18n.Key = "admin.inbox.count" // Count
	KeyInboxMost         i18n.Key = "admin.inbox.most"  // Number
	KeyInboxFilters      i18n.Key = "admin.inbox.filters"
	KeyInboxSearch       i18n.Key = "admin.inbox.search"
	KeyInboxKind         i18n.Key = "admin.inbox.kind"
	KeyInboxState        i18n.Key = "admin.inbox.state"
	KeyInboxDepartment   i18n.Key = "admin.inbox.department"
	KeyInboxAssignee     i18n.Key = "admin.inbox.assignee"
	KeyInboxChannel      i18n.Key = "admin.inbox.channel"
	KeyInboxAll          i18n.Key = "admin.inbox.all"
	KeyInboxMe           i18n.Key = "admin.inbox.me"
	KeyInboxNobody       i18n.Key = "admin.inbox.nobody"
	KeyInboxFilter       i18n.Key = "admin.inbox.filter"
	KeyInboxClear        i18n.Key = "admin.inbox.clear"
	KeyInboxNearest      i18n.Key = "admin.inbox.nearest"
	KeyInboxSubject      i18n.Key = "admin.inbox.subject"
	KeyInboxOther        i18n.Key = "admin.inbox.other"
	KeyInboxDoneOn       i18n.Key = "admin.inbox.done_on"
	KeyInboxNone         i18n.Key = "admin.inbox.none"
	KeyInboxEmpty        i18n.Key = "admin.inbox.empty"
	KeyInboxNotFound     i18n.Key = "admin.inbox.not_found"
	KeyInboxMoreFound    i18n.Key = "admin.inbox.more_found"
	KeyInboxFound        i18n.Key = "admin.inbox.found" // Query
	KeyInboxConfidential i18n.Key = "admin.inbox.confidential"
	KeyInboxReceived     i18n.Key = "admin.inbox.received" // Date
	KeyInboxFirst        i18n.Key = "admin.inbox.first"
	KeySample            i18n.Key = "admin.sample"
	KeyAnonymousTag      i18n.Key = "admin.anonymous"
	KeyExtended          i18n.Key = "admin.extended"
	KeyExtendedLaw       i18n.Key = "admin.extended_law"
)

// Groups of the list.
const (
	KeyGroupOverdue i18n.Key = "admin.group.overdue"
	KeyGroupToday   i18n.Key = "admin.group.today"
	KeyGroupSoon    i18n.Key = "admin.group.soon"
	KeyGroupLater   i18n.Key = "admin.group.later"
	KeyGroupStopped i18n.Key = "admin.group.stopped"
	KeyGroupNoTerm  i18n.Key = "admin.group.no_term"
)

// A date beside today.
const (
	KeyLateBy        i18n.Key = "admin.late_by" // Count
	KeyLateToday     i18n.Key = "admin.late_off"
	KeyDueToday      i18n.Key = "admin.due_today"
	KeyDaysLeft      i18n.Key = "admin.days_left" // Count
	KeyStandsStill   i18n.Key = "admin.stands_still"
	KeyNoTerm        i18n.Key = "admin.no_term"
	KeyOwn           i18n.Key = "admin.own"
	KeyLaw           i18n.Key = "admin.law"
	KeyLawUnverified i18n.Key = "admin.law_unverified"
)

// The states of a case, as its handlers say them.
const (
	KeyStateReceived   i18n.Key = "admin.state.received"
	KeyStateInProgress i18n.Key = "admin.state.in_progress"
	KeyStateWaiting    i18n.Key = "admin.state.waiting"
	KeyStateAnswered   i18n.Key = "admin.state.answered"
	KeyStateForwarded  i18n.Key = "admin.state.forwarded"
	KeyStateDeclined   i18n.Key = "admin.state.declined"
	KeyStateWithdrawn  i18n.Key = "admin.state.withdrawn"
	KeyStateClosed     i18n.Key = "admin.state.closed"
)

// How a case came.
const (
	KeyChannelWebsite i18n.Key = "admin.channel.website"
	KeyChannelPhone   i18n.Key = "admin.channel.phone"
	KeyChannelPost    i18n.Key = "admin.channel.post"
	KeyChannelVisit   i18n.Key = "admin.channel.visit"
	KeyChannelBox     i18n.Key = "admin.channel.box"
	KeyChannelEmail   i18n.Key = "admin.channel.email"
)

// The page of a case.
const (
	KeyCaseFiled           i18n.Key = "admin.case.filed"
	KeyCaseOutside         i18n.Key = "admin.case.outside"
	KeyCaseHappened        i18n.Key = "admin.case.happened" // Date
	KeyCaseDanger          i18n.Key = "admin.case.danger"
	KeyCaseDangerOpen      i18n.Key = "admin.case.danger_open"
	KeyCaseTimeline        i18n.Key = "admin.case.timeline"
	KeyCaseVisible         i18n.Key = "admin.case.visible"
	KeyCaseInternal        i18n.Key = "admin.case.internal"
	KeyCaseDates           i18n.Key = "admin.case.dates"
	KeyCaseOwnDate         i18n.Key = "admin.case.own_date"
	KeyCaseLawDate         i18n.Key = "admin.case.law_date"
	KeyCaseUnverified      i18n.Key = "admin.case.unverified"
	KeyCaseHow             i18n.Key = "admin.case.how"
	KeyCaseCalendar        i18n.Key = "admin.case.calendar" // Version
	KeyCaseMoved           i18n.Key = "admin.case.moved"    // Date
	KeyCaseNoDate          i18n.Key = "admin.case.no_date"
	KeyCaseAnsweredOn      i18n.Key = "admin.case.answered_on" // Date
	KeyCaseInTime          i18n.Key = "admin.case.in_time"
	KeyCaseActions         i18n.Key = "admin.case.actions"
	KeyCaseNoActions       i18n.Key = "admin.case.no_actions"
	KeyCasePerson          i18n.Key = "admin.case.person"
	KeyCasePersonOpen      i18n.Key = "admin.case.person_open"
	KeyCasePersonLogged    i18n.Key = "admin.case.person_logged"
	KeyCasePersonClosed    i18n.Key = "admin.case.person_closed"
	KeyCasePersonAnonymous i18n.Key = "admin.case.person_anonymous"
	KeyCaseName            i18n.Key = "admin.case.name"
	KeyCaseEmail           i18n.Key = "admin.case.email"
	KeyCasePhone           i18n.Key = "admin.case.phone"
	KeyCaseAddress         i18n.Key = "admin.case.address"
	KeyCaseReplyBy         i18n.Key = "admin.case.reply_by"
	KeyReplyByEmail        i18n.Key = "admin.reply_by.email"
	KeyReplyByPost         i18n.Key = "admin.reply_by.post"
	KeyReplyByTrack        i18n.Key = "admin.reply_by.track"
	KeyCaseRules           i18n.Key = "admin.case.rules"
	KeyCaseCharter         i18n.Key = "admin.case.charter" // Version
	KeyCaseNoCharter       i18n.Key = "admin.case.no_charter"
	KeyCaseReview          i18n.Key = "admin.case.review" // Body
	KeyCaseAsking          i18n.Key = "admin.case.asking_stops"
	KeyCaseAskingRuns      i18n.Key = "admin.case.asking_runs"
	KeyCaseConfidentialOn  i18n.Key = "admin.case.confidential_on"
	KeyCaseLang            i18n.Key = "admin.case.lang"  // Language
	KeyCaseRated           i18n.Key = "admin.case.rated" // Score
	KeyCaseConflict        i18n.Key = "admin.case.conflict"
	KeyCaseBack            i18n.Key = "admin.case.back"
	KeyCaseToList          i18n.Key = "admin.case.to_list"
)

// What has happened to a case.
const (
	KeyEventSubmit        i18n.Key = "admin.event.submit"
	KeyEventRegister      i18n.Key = "admin.event.register"
	KeyEventTake          i18n.Key = "admin.event.take" // Name
	KeyEventTakenUp       i18n.Key = "admin.event.taken_up"
	KeyEventAssign        i18n.Key = "admin.event.assign" // Name
	KeyEventConfirmDanger i18n.Key = "admin.event.confirm_danger"
	KeyEventRefuseDanger  i18n.Key = "admin.event.refuse_danger"
	KeyEventAsk           i18n.Key = "admin.event.ask"
	KeyEventRespond       i18n.Key = "admin.event.respond"
	KeyEventResume        i18n.Key = "admin.event.resume"
	KeyEventAdd           i18n.Key = "admin.event.add"
	KeyEventExtend        i18n.Key = "admin.event.extend"     // Date
	KeyEventExtendLaw     i18n.Key = "admin.event.extend_law" // Date
	KeyEventReply         i18n.Key = "admin.event.reply"
	KeyEventForward       i18n.Key = "admin.event.forward" // Name
	KeyEventDecline       i18n.Key = "admin.event.decline"
	KeyEventWithdraw      i18n.Key = "admin.event.withdraw"
	KeyEventClose         i18n.Key = "admin.event.close"
	KeyEventReopen        i18n.Key = "admin.event.reopen"
	KeyEventRate          i18n.Key = "admin.event.rate" // Score
	KeyEventNote          i18n.Key = "admin.event.note"
	KeyEventProtect       i18n.Key = "admin.event.protect"
	KeyEventUnprotect     i18n.Key = "admin.event.unprotect"
	KeyEventNoticeMail    i18n.Key = "admin.event.notice.mail"
	KeyEventNoticeLetter  i18n.Key = "admin.event.notice.letter"
	KeyEventNoticePage    i18n.Key = "admin.event.notice.page"
	KeyEventLate          i18n.Key = "admin.event.late"
	KeyEventGround        i18n.Key = "admin.event.ground" // Ground
	KeyEventSteps         i18n.Key = "admin.event.steps"
	KeyEventReasons       i18n.Key = "admin.event.reasons"
	KeyEventNobody        i18n.Key = "admin.event.nobody"
)

// More marks of a case.
const (
	KeyConfidentialTag i18n.Key = "admin.confidential"
)

// A day of which nobody kept the hour.
const (
	KeyDay i18n.Key = "admin.day" // Date
)

// How a date is typed.
const (
	KeyDateTyped    i18n.Key = "admin.date_typed" // Date
	KeyDateHint     i18n.Key = "admin.date_hint"  // Date
	KeyStoppedShort i18n.Key = "admin.stopped"
)

// From a case to the audit chain.
const (
	KeyCaseAudit i18n.Key = "admin.case.audit"
)

// What an officer mends in the form of a case that came another way.
const (
	KeyRegisterNeedKind    i18n.Key = "admin.register.need.kind"
	KeyRegisterNeedTitle   i18n.Key = "admin.register.need.title"
	KeyRegisterNeedBody    i18n.Key = "admin.register.need.body"
	KeyRegisterNeedName    i18n.Key = "admin.register.need.name"
	KeyRegisterNeedEmail   i18n.Key = "admin.register.need.email"
	KeyRegisterNeedAddress i18n.Key = "admin.register.need.address"
	KeyRegisterNeedReplyBy i18n.Key = "admin.register.need.reply_by"
)
