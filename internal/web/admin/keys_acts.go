package admin

import "charterhouse/internal/i18n"

// What can be done with a case: the words of the button, and what it brings about.
const (
	KeyActReply                i18n.Key = "admin.act.reply.title"
	KeyActReplyHint            i18n.Key = "admin.act.reply.hint"
	KeyActReplyHead            i18n.Key = "admin.act.reply.head"
	KeyActReplyField           i18n.Key = "admin.act.reply.field"
	KeyActReplySubmit          i18n.Key = "admin.act.reply.submit"
	KeyActReplyReview          i18n.Key = "admin.act.reply.review"
	KeyActTake                 i18n.Key = "admin.act.take.title"
	KeyActTakeHint             i18n.Key = "admin.act.take.hint"
	KeyActAssign               i18n.Key = "admin.act.assign.title"
	KeyActAssignHint           i18n.Key = "admin.act.assign.hint"
	KeyActConfirmDanger        i18n.Key = "admin.act.confirm_danger.title"
	KeyActConfirmDangerHint    i18n.Key = "admin.act.confirm_danger.hint"
	KeyActRefuseDanger         i18n.Key = "admin.act.refuse_danger.title"
	KeyActRefuseDangerHint     i18n.Key = "admin.act.refuse_danger.hint"
	KeyActAsk                  i18n.Key = "admin.act.ask.title"
	KeyActAskStops             i18n.Key = "admin.act.ask.stops"
	KeyActAskRuns              i18n.Key = "admin.act.ask.runs"
	KeyActAskField             i18n.Key = "admin.act.ask.field"
	KeyActResume               i18n.Key = "admin.act.resume.title"
	KeyActResumeHint           i18n.Key = "admin.act.resume.hint"
	KeyActResumeField          i18n.Key = "admin.act.resume.field"
	KeyActAdd                  i18n.Key = "admin.act.add.title"
	KeyActAddHint              i18n.Key = "admin.act.add.hint"
	KeyActAddField             i18n.Key = "admin.act.add.field"
	KeyActExtend               i18n.Key = "admin.act.extend.title"
	KeyActExtendOwn            i18n.Key = "admin.act.extend.own"            // From
	KeyActExtendLaw            i18n.Key = "admin.act.extend.law"            // From
	KeyActExtendLawUnverified  i18n.Key = "admin.act.extend.law_unverified" // From
	KeyActExtendBoth           i18n.Key = "admin.act.extend.both"           // From, Law
	KeyActExtendCap            i18n.Key = "admin.act.extend.cap"            // Latest
	KeyActExtendFreeLaw        i18n.Key = "admin.act.extend.free_law"       // Latest
	KeyActExtendFree           i18n.Key = "admin.act.extend.free"
	KeyActExtendPromise        i18n.Key = "admin.act.extend.promise"   // Own
	KeyActExtendBroken         i18n.Key = "admin.act.extend.broken"    // Own
	KeyActExtendLawStays       i18n.Key = "admin.act.extend.law_stays" // Law
	KeyActExtendBeyond         i18n.Key = "admin.act.extend.beyond"
	KeyActExtendLawNotVerified i18n.Key = "admin.act.extend.law_not_verified"
	KeyActExtendHidden         i18n.Key = "admin.act.extend.hidden"
	KeyActExtendTold           i18n.Key = "admin.act.extend.told"
	KeyActExtendReasons        i18n.Key = "admin.act.extend.reasons"
	KeyActExtendSteps          i18n.Key = "admin.act.extend.steps"
	KeyActExtendEither         i18n.Key = "admin.act.extend.either"
	KeyActExtendFinal          i18n.Key = "admin.act.extend.final"
	KeyActExtendFinalHint      i18n.Key = "admin.act.extend.final_hint" // From
	KeyActExtendFinalCap       i18n.Key = "admin.act.extend.final_cap"  // From, Latest
	KeyActForward              i18n.Key = "admin.act.forward.title"
	KeyActForwardBy            i18n.Key = "admin.act.forward.by"   // Date
	KeyActForwardLate          i18n.Key = "admin.act.forward.late" // Date
	KeyActForwardFree          i18n.Key = "admin.act.forward.free"
	KeyActForwardField         i18n.Key = "admin.act.forward.field"
	KeyActForwardReason        i18n.Key = "admin.act.forward.reason"
	KeyActDecline              i18n.Key = "admin.act.decline.title"
	KeyActDeclineHint          i18n.Key = "admin.act.decline.hint"
	KeyActDeclineReview        i18n.Key = "admin.act.decline.hint_review"
	KeyActDeclineGround        i18n.Key = "admin.act.decline.ground"
	KeyActDeclineMust          i18n.Key = "admin.act.decline.must"
	KeyActDeclineExplained     i18n.Key = "admin.act.decline.explained"
	KeyActWithdraw             i18n.Key = "admin.act.withdraw.title"
	KeyActWithdrawHint         i18n.Key = "admin.act.withdraw.hint"
	KeyActWithdrawField        i18n.Key = "admin.act.withdraw.field"
	KeyActClose                i18n.Key = "admin.act.close.title"
	KeyActCloseHint            i18n.Key = "admin.act.close.hint"
	KeyActReopen               i18n.Key = "admin.act.reopen.title"
	KeyActReopenHint           i18n.Key = "admin.act.reopen.hint"
	KeyActReopenField          i18n.Key = "admin.act.reopen.field"
	KeyActNote                 i18n.Key = "admin.act.note.title"
	KeyActNoteHint             i18n.Key = "admin.act.note.hint"
	KeyActNoteField            i18n.Key = "admin.act.note.field"
	KeyActProtect              i18n.Key = "admin.act.protect.title"
	KeyActProtectHint          i18n.Key = "admin.act.protect.hint"
	KeyActUnprotect            i18n.Key = "admin.act.unprotect.title"
	KeyActUnprotectHint        i18n.Key = "admin.act.unprotect.hint"
	KeyActReason               i18n.Key = "admin.act.reason"
	KeyActFiles                i18n.Key = "admin.act.files"
	KeyActFilesHint            i18n.Key = "admin.act.files_hint"
	KeyActNobody               i18n.Key = "admin.act.nobody"
	KeyActNoDepartment         i18n.Key = "admin.act.no_department"
	KeyActConflictStands       i18n.Key = "admin.act.conflict_stands"
	KeyActWasTyped             i18n.Key = "admin.act.typed"
)

// How the submitter will learn of an act, said before it is done.
const (
	KeyNoticeMail      i18n.Key = "admin.notice.mail"
	KeyNoticeLetter    i18n.Key = "admin.notice.letter"
	KeyNoticePage      i18n.Key = "admin.notice.page"
	KeyNoticeAnonymous i18n.Key = "admin.notice.anonymous"
	KeyNoticeSample    i18n.Key = "admin.notice.sample"
)

// What was done with a case, said on the next page.
const (
	KeyDoneReply    i18n.Key = "admin.done.case_reply"
	KeyDoneLetter   i18n.Key = "admin.done.letter"
	KeyDonePage     i18n.Key = "admin.done.page"
	KeyDoneExtend   i18n.Key = "admin.done.case_extend"
	KeyDoneAct      i18n.Key = "admin.done.case"
	KeyDoneRegister i18n.Key = "admin.done.register"
	KeyDoneHidden   i18n.Key = "admin.done.hidden"
)

// Registering a case that came otherwise than through the website.
const (
	KeyRegisterLead         i18n.Key = "admin.register.lead"
	KeyRegisterArrival      i18n.Key = "admin.register.arrival"
	KeyRegisterContent      i18n.Key = "admin.register.content"
	KeyRegisterPerson       i18n.Key = "admin.register.person"
	KeyRegisterMore         i18n.Key = "admin.register.more"
	KeyRegisterReceived     i18n.Key = "admin.register.received"
	KeyRegisterOutside      i18n.Key = "admin.register.outside"
	KeyRegisterTitle        i18n.Key = "admin.register.title"
	KeyRegisterBody         i18n.Key = "admin.register.body"
	KeyRegisterHappened     i18n.Key = "admin.register.happened"
	KeyRegisterAnonymous    i18n.Key = "admin.register.anonymous"
	KeyRegisterDanger       i18n.Key = "admin.register.danger"
	KeyRegisterLang         i18n.Key = "admin.register.lang"
	KeyRegisterConfidential i18n.Key = "admin.register.confidential"
	KeyRegisterTry          i18n.Key = "admin.register.try"
	KeyRegisterTried        i18n.Key = "admin.register.tried"
	KeyRegisterSubmit       i18n.Key = "admin.register.submit"
	KeyRegisteredTitle      i18n.Key = "admin.registered.title" // Number
	KeyRegisteredCode       i18n.Key = "admin.registered.code"
	KeyRegisteredCodeHint   i18n.Key = "admin.registered.code_hint"
	KeyRegisteredNumber     i18n.Key = "admin.registered.number"
	KeyRegisteredOpen       i18n.Key = "admin.registered.open"
	KeyRegisteredNext       i18n.Key = "admin.registered.next"
)

// A date that is none.
const (
	KeyNeedDate i18n.Key = "admin.need.date"
)
