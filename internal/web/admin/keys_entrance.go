package admin

import "charterhouse/internal/i18n"

// The entrance: signing in.
const (
	KeyLogInEmail     i18n.Key = "admin.log_in.email"
	KeyLogInPassword  i18n.Key = "admin.log_in.password"
	KeyLogInSubmit    i18n.Key = "admin.log_in.submit"
	KeyLogInForgotten i18n.Key = "admin.log_in.forgotten"
	KeyLogInPublic    i18n.Key = "admin.log_in.public"
	KeyNeedEmail      i18n.Key = "admin.need.email"
	KeyNeedPassword   i18n.Key = "admin.need.password"
	KeyNeedCode       i18n.Key = "admin.need.code"
	KeyNeedForm       i18n.Key = "admin.need.form"
)

// The second step of signing in.
const (
	KeyCodeTitle  i18n.Key = "admin.code.title"
	KeyCodeLabel  i18n.Key = "admin.code.label"
	KeyCodeHint   i18n.Key = "admin.code.hint"
	KeyCodeSubmit i18n.Key = "admin.code.submit"
	KeyCodeLost   i18n.Key = "admin.code.lost"
)

// A new password: the first one, a forgotten one, one's own.
const (
	KeyPasswordTitle      i18n.Key = "admin.password.title"
	KeyPasswordOneTime    i18n.Key = "admin.password.one_time"
	KeyPasswordOld        i18n.Key = "admin.password.old"
	KeyPasswordOldOneTime i18n.Key = "admin.password.old_one_time"
	KeyPasswordNew        i18n.Key = "admin.password.new"
	KeyPasswordHint       i18n.Key = "admin.password.hint"
	KeyPasswordSubmit     i18n.Key = "admin.password.submit"
	KeyPasswordEnds       i18n.Key = "admin.password.ends"
	KeyForgottenTitle     i18n.Key = "admin.forgotten.title"
	KeyForgottenLead      i18n.Key = "admin.forgotten.lead"
	KeyForgottenSubmit    i18n.Key = "admin.forgotten.submit"
	KeyForgottenSentTitle i18n.Key = "admin.forgotten.sent.title"
	KeyForgottenSent      i18n.Key = "admin.forgotten.sent.text"
	KeyForgottenSentDemo  i18n.Key = "admin.forgotten.sent.demo"
	KeyResetLead          i18n.Key = "admin.reset.lead"
	KeyInviteTitle        i18n.Key = "admin.invite.title"
	KeyInviteLead         i18n.Key = "admin.invite.lead" // Name
	KeyBackToLogIn        i18n.Key = "admin.back_to_log_in"
)

// The second factor: setting it up and its codes.
const (
	KeySecondTitle    i18n.Key = "admin.second.title"
	KeySecondDuty     i18n.Key = "admin.second.duty"
	KeySecondWhat     i18n.Key = "admin.second.what"
	KeySecondBegin    i18n.Key = "admin.second.begin"
	KeySecondScan     i18n.Key = "admin.second.scan"
	KeySecondPicture  i18n.Key = "admin.second.picture"
	KeySecondType     i18n.Key = "admin.second.type"
	KeySecondConfirm  i18n.Key = "admin.second.confirm"
	KeySecondSubmit   i18n.Key = "admin.second.submit"
	KeySecondDrop     i18n.Key = "admin.second.drop"
	KeyCodesTitle     i18n.Key = "admin.codes.title"
	KeyCodesLead      i18n.Key = "admin.codes.lead"
	KeyCodesFor       i18n.Key = "admin.codes.for" // Name
	KeyCodesOn        i18n.Key = "admin.codes.done"
	KeyCodesRenew     i18n.Key = "admin.codes.renew"
	KeyCodesRenewHint i18n.Key = "admin.codes.renew_hint"
	KeyCodesLeft      i18n.Key = "admin.codes.left" // Count
)

// My account.
const (
	KeyAccountTitle          i18n.Key = "admin.account.title"
	KeyAccountName           i18n.Key = "admin.account.name"
	KeyAccountRoles          i18n.Key = "admin.account.roles"
	KeyAccountDepartment     i18n.Key = "admin.account.department"
	KeyAccountLang           i18n.Key = "admin.account.lang"
	KeyAccountLangSubmit     i18n.Key = "admin.account.lang_submit"
	KeyAccountEmail          i18n.Key = "admin.account.email"
	KeyAccountEmailChange    i18n.Key = "admin.account.email_change"
	KeyAccountEmailNew       i18n.Key = "admin.account.email_new"
	KeyAccountEmailHint      i18n.Key = "admin.account.email_hint"
	KeyAccountPassword       i18n.Key = "admin.account.password"
	KeyAccountPasswordChange i18n.Key = "admin.account.password_change"
	KeyAccountSecond         i18n.Key = "admin.account.second"
	KeyAccountSecondOn       i18n.Key = "admin.account.second_on"
	KeyAccountSecondOff      i18n.Key = "admin.account.second_off"
	KeyAccountSecondSet      i18n.Key = "admin.account.second_set"
	KeyAccountSecondManage   i18n.Key = "admin.account.second_manage"
	KeyAccountSessions       i18n.Key = "admin.account.sessions"
	KeyAccountDevice         i18n.Key = "admin.account.device"
	KeyAccountDeviceUnknown  i18n.Key = "admin.account.device_unknown"
	KeyAccountSince          i18n.Key = "admin.account.since"
	KeyAccountSeen           i18n.Key = "admin.account.seen"
	KeyAccountHere           i18n.Key = "admin.account.here"
	KeyAccountEnd            i18n.Key = "admin.account.end"
	KeyAccountEndOthers      i18n.Key = "admin.account.end_others"
	KeyEmailConfirmTitle     i18n.Key = "admin.email.title"
	KeyEmailConfirmLead      i18n.Key = "admin.email.lead" // Name
	KeyEmailConfirmSubmit    i18n.Key = "admin.email.submit"
)

// What has just been done, said once on the next page.
const (
	KeyDonePassword   i18n.Key = "admin.done.password"
	KeyDoneReset      i18n.Key = "admin.done.reset"
	KeyDoneEmailAsked i18n.Key = "admin.done.email_asked"
	KeyDoneEmail      i18n.Key = "admin.done.email"
	KeyDoneLang       i18n.Key = "admin.done.lang"
	KeyDoneSession    i18n.Key = "admin.done.session"
	KeyDoneSecondOff  i18n.Key = "admin.done.second_off"
	KeyDoneLogOut     i18n.Key = "admin.done.log_out"
)

// Mails of the entrance.
const (
	KeyMailResetSubject  i18n.Key = "mail.staff.reset.subject"
	KeyMailResetLead     i18n.Key = "mail.staff.reset.lead"
	KeyMailResetBody     i18n.Key = "mail.staff.reset.body"
	KeyMailResetLink     i18n.Key = "mail.staff.reset.link"
	KeyMailInviteSubject i18n.Key = "mail.staff.invite.subject"
	KeyMailInviteLead    i18n.Key = "mail.staff.invite.lead" // Name
	KeyMailInviteBody    i18n.Key = "mail.staff.invite.body"
	KeyMailInviteLink    i18n.Key = "mail.staff.invite.link"
	KeyMailEmailSubject  i18n.Key = "mail.staff.email.subject"
	KeyMailEmailLead     i18n.Key = "mail.staff.email.lead"
	KeyMailEmailBody     i18n.Key = "mail.staff.email.body"
	KeyMailEmailLink     i18n.Key = "mail.staff.email.link"
	KeyMailMovedSubject  i18n.Key = "mail.staff.moved.subject"
	KeyMailMovedLead     i18n.Key = "mail.staff.moved.lead"
	KeyMailMovedBody     i18n.Key = "mail.staff.moved.body"
	KeyMailMovedLink     i18n.Key = "mail.staff.moved.link"

	KeyMailChangedWhen     i18n.Key = "mail.staff.changed.when" // Day, Clock
	KeyMailPasswordSubject i18n.Key = "mail.staff.password_changed.subject"
	KeyMailPasswordLead    i18n.Key = "mail.staff.password_changed.lead"
	KeyMailPasswordBody    i18n.Key = "mail.staff.password_changed.body"
	KeyMailSecondSubject   i18n.Key = "mail.staff.second_off.subject"
	KeyMailSecondLead      i18n.Key = "mail.staff.second_off.lead"
	KeyMailSecondBody      i18n.Key = "mail.staff.second_off.body"
)

// A link that no longer works.
const (
	KeyOverTitle i18n.Key = "admin.over.title"
	KeyOverAgain i18n.Key = "admin.over.again"
	KeyOverAsk   i18n.Key = "admin.over.ask"
)
