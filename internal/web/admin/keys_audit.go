package admin

import "charterhouse/internal/i18n"

// The record of what was done.
const (
	KeyAuditTitle       i18n.Key = "audit.title"
	KeyAuditLead        i18n.Key = "audit.lead"
	KeyAuditVerify      i18n.Key = "audit.verify"
	KeyAuditVerifyAbout i18n.Key = "audit.verify_about"
	KeyAuditVerifyDo    i18n.Key = "audit.verify_do"
	KeyAuditVerifyOn    i18n.Key = "audit.verify_on"
	KeyAuditHolds       i18n.Key = "audit.holds"
	KeyAuditHoldsSoFar  i18n.Key = "audit.holds_so_far"
	KeyAuditBroken      i18n.Key = "audit.broken"
	KeyAuditBrokenNext  i18n.Key = "audit.broken_next"
	KeyAuditErasedCount i18n.Key = "audit.erased_count"
	KeyAuditCheckpoint  i18n.Key = "audit.checkpoint"
	KeyAuditFilter      i18n.Key = "audit.filter"
	KeyAuditWho         i18n.Key = "audit.who"
	KeyAuditAction      i18n.Key = "audit.action"
	KeyAuditObject      i18n.Key = "audit.object"
	KeyAuditFrom        i18n.Key = "audit.from"
	KeyAuditTo          i18n.Key = "audit.to"
	KeyAuditSeq         i18n.Key = "audit.seq"
	KeyAuditAt          i18n.Key = "audit.at"
	KeyAuditDetail      i18n.Key = "audit.detail"
	KeyAuditDetailMore  i18n.Key = "audit.detail_more"
	KeyAuditErased      i18n.Key = "audit.erased"
	KeyAuditNone        i18n.Key = "audit.none"
	KeyAuditSearched    i18n.Key = "audit.searched"
	KeyAuditOlder       i18n.Key = "audit.older"
	KeyAuditAnybody     i18n.Key = "audit.anybody"
	KeyAuditAnyAction   i18n.Key = "audit.any_action"
	KeyActorSystem      i18n.Key = "audit.actor.system"
	KeyActorOperator    i18n.Key = "audit.actor.operator"
	KeyActorVisitor     i18n.Key = "audit.actor.visitor"
)

// What was done with accounts, as the auditor reads it.
const (
	KeyDidUserAdd         i18n.Key = "audit.did.user.add"
	KeyDidUserInvite      i18n.Key = "audit.did.user.invite"
	KeyDidUserAccept      i18n.Key = "audit.did.user.accept"
	KeyDidUserEdit        i18n.Key = "audit.did.user.edit"
	KeyDidUserCountries   i18n.Key = "audit.did.user.countries"
	KeyDidUserRoles       i18n.Key = "audit.did.user.roles"
	KeyDidUserDisable     i18n.Key = "audit.did.user.disable"
	KeyDidUserEnable      i18n.Key = "audit.did.user.enable"
	KeyDidUserForget      i18n.Key = "audit.did.user.forget"
	KeyDidEmailAsk        i18n.Key = "audit.did.user.email_ask"
	KeyDidEmail           i18n.Key = "audit.did.user.email"
	KeyDidPasswordChange  i18n.Key = "audit.did.password.change"
	KeyDidPasswordAsk     i18n.Key = "audit.did.password.ask"
	KeyDidPasswordMail    i18n.Key = "audit.did.password.mail"
	KeyDidPasswordReset   i18n.Key = "audit.did.password.reset"
	KeyDidPasswordGive    i18n.Key = "audit.did.password.give"
	KeyDidSecondBegin     i18n.Key = "audit.did.second_factor.begin"
	KeyDidSecondOn        i18n.Key = "audit.did.second_factor.on"
	KeyDidSecondOff       i18n.Key = "audit.did.second_factor.off"
	KeyDidSecondShown     i18n.Key = "audit.did.second_factor.shown"
	KeyDidSecondRefused   i18n.Key = "audit.did.second_factor.refused"
	KeyDidRecoveryUsed    i18n.Key = "audit.did.second_factor.recovery_used"
	KeyDidRecoveryRenewed i18n.Key = "audit.did.second_factor.recovery_renewed"
	KeyDidLogIn           i18n.Key = "audit.did.session.begin"
	KeyDidLogInRefused    i18n.Key = "audit.did.session.refused"
	KeyDidBarred          i18n.Key = "audit.did.session.barred"
	KeyDidSessionEnd      i18n.Key = "audit.did.session.end"
	KeyDidSessionsEnd     i18n.Key = "audit.did.session.end_others"
	KeyDidRefused         i18n.Key = "audit.did.access.refused"
)

// What was done with settings, the charter and letters.
const (
	KeyDidSettingsSet   i18n.Key = "audit.did.settings.set"
	KeyDidSettingsApply i18n.Key = "audit.did.settings.apply"
	KeyDidRulesSet      i18n.Key = "audit.did.rules.set"
	KeyDidRulesApply    i18n.Key = "audit.did.rules.apply"
	KeyDidPublish       i18n.Key = "audit.did.charter.publish"
	KeyDidMailRead      i18n.Key = "audit.did.mail.read"
	KeyDidMailResend    i18n.Key = "audit.did.mail.resend"
	KeyDidJobRerun      i18n.Key = "audit.did.job.rerun"
	KeyDidTenantEnter   i18n.Key = "audit.did.tenant.enter"
	KeyDidTenantState   i18n.Key = "audit.did.tenant.state"
	KeyDidTenantDomains i18n.Key = "audit.did.tenant.domains"
)

// What was done with cases.
const (
	KeyDidCaseRead          i18n.Key = "audit.did.case.read"
	KeyDidCasePerson        i18n.Key = "audit.did.case.read_person"
	KeyDidCaseSubmit        i18n.Key = "audit.did.case.submit"
	KeyDidCaseRegister      i18n.Key = "audit.did.case.register"
	KeyDidCaseTake          i18n.Key = "audit.did.case.take"
	KeyDidCaseAssign        i18n.Key = "audit.did.case.assign"
	KeyDidCaseAsk           i18n.Key = "audit.did.case.ask"
	KeyDidCaseRespond       i18n.Key = "audit.did.case.respond"
	KeyDidCaseResume        i18n.Key = "audit.did.case.resume"
	KeyDidCaseAdd           i18n.Key = "audit.did.case.add"
	KeyDidCaseExtend        i18n.Key = "audit.did.case.extend"
	KeyDidCaseReply         i18n.Key = "audit.did.case.reply"
	KeyDidCaseForward       i18n.Key = "audit.did.case.forward"
	KeyDidCaseDecline       i18n.Key = "audit.did.case.decline"
	KeyDidCaseConfirmDanger i18n.Key = "audit.did.case.confirm_danger"
	KeyDidCaseRefuseDanger  i18n.Key = "audit.did.case.refuse_danger"
	KeyDidCaseProtect       i18n.Key = "audit.did.case.protect"
	KeyDidCaseNote          i18n.Key = "audit.did.case.note"
	KeyDidCaseWithdraw      i18n.Key = "audit.did.case.withdraw"
	KeyDidCaseClose         i18n.Key = "audit.did.case.close"
	KeyDidCaseReopen        i18n.Key = "audit.did.case.reopen"
	KeyDidCaseRate          i18n.Key = "audit.did.case.rate"
	KeyDidCaseSamples       i18n.Key = "audit.did.case.remove_samples"
	KeyActorSubmitter       i18n.Key = "audit.actor.submitter"
)

// What an entry is about, and its particulars.
const (
	KeyObjectCase       i18n.Key = "audit.object_case" // Name
	KeyObjectUser       i18n.Key = "audit.object_user" // Name
	KeyObjectUnknown    i18n.Key = "audit.object_unknown"
	KeyObjectMail       i18n.Key = "audit.object_mail"       // Name
	KeyObjectCharter    i18n.Key = "audit.object_charter"    // Name
	KeyObjectCommitment i18n.Key = "audit.object_commitment" // Name
	KeyObjectPage       i18n.Key = "audit.object_page"       // Name
	KeyObjectTown       i18n.Key = "audit.object_town"       // Name
	KeyFactTo           i18n.Key = "audit.fact.to"
	KeyFactFinal        i18n.Key = "audit.fact.final"
	KeyFactOwnDue       i18n.Key = "audit.fact.own_due"
	KeyFactLawDue       i18n.Key = "audit.fact.law_due"
	KeyFactLate         i18n.Key = "audit.fact.late"
	KeyFactScore        i18n.Key = "audit.fact.score"
	KeyFactProtected    i18n.Key = "audit.fact.protected"
	KeyFactNotice       i18n.Key = "audit.fact.notice"
	KeyFactByMail       i18n.Key = "audit.fact.by_mail"
	KeyFactByLetter     i18n.Key = "audit.fact.by_letter"
	KeyFactByPage       i18n.Key = "audit.fact.by_page"
	KeyFactPath         i18n.Key = "audit.fact.path"
	KeyFactAttempts     i18n.Key = "audit.fact.attempts"
	KeyFactRoles        i18n.Key = "audit.fact.roles"
	KeyFactUntil        i18n.Key = "audit.fact.until"
	KeyFactEnded        i18n.Key = "audit.fact.ended"
	KeyFactValue        i18n.Key = "audit.fact.value"
	KeyFactYes          i18n.Key = "audit.fact.yes"
	KeyFactNo           i18n.Key = "audit.fact.no"
)
