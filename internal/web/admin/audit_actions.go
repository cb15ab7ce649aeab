package admin

import (
	"maps"

	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// actionKeys are the words for what the audit chain calls by short names. One that
// is not here is shown by its name alone.
func actionKeys() map[string]i18n.Key {
	all := caseActionKeys()
	maps.Copy(all, staffActionKeys())
	return all
}

// caseActionKeys name what was done with cases.
func caseActionKeys() map[string]i18n.Key {
	return map[string]i18n.Key{
		"case.read":           KeyDidCaseRead,
		"case.read_person":    KeyDidCasePerson,
		"case.submit":         KeyDidCaseSubmit,
		"case.register":       KeyDidCaseRegister,
		"case.take":           KeyDidCaseTake,
		"case.assign":         KeyDidCaseAssign,
		"case.ask":            KeyDidCaseAsk,
		"case.respond":        KeyDidCaseRespond,
		"case.resume":         KeyDidCaseResume,
		"case.add":            KeyDidCaseAdd,
		"case.extend":         KeyDidCaseExtend,
		"case.reply":          KeyDidCaseReply,
		"case.forward":        KeyDidCaseForward,
		"case.decline":        KeyDidCaseDecline,
		"case.confirm_danger": KeyDidCaseConfirmDanger,
		"case.refuse_danger":  KeyDidCaseRefuseDanger,
		"case.protect":        KeyDidCaseProtect,
		"case.note":           KeyDidCaseNote,
		"case.withdraw":       KeyDidCaseWithdraw,
		"case.close":          KeyDidCaseClose,
		"case.reopen":         KeyDidCaseReopen,
		"case.rate":           KeyDidCaseRate,
		"case.remove_samples": KeyDidCaseSamples,
	}
}

// staffActionKeys name what was done with accounts, settings, the charter and letters.
func staffActionKeys() map[string]i18n.Key {
	return map[string]i18n.Key{
		"user.add":                       KeyDidUserAdd,
		"user.invite":                    KeyDidUserInvite,
		"user.accept":                    KeyDidUserAccept,
		"user.edit":                      KeyDidUserEdit,
		"user.countries":                 KeyDidUserCountries,
		"user.roles":                     KeyDidUserRoles,
		"user.disable":                   KeyDidUserDisable,
		"user.enable":                    KeyDidUserEnable,
		"user.forget":                    KeyDidUserForget,
		"user.email_ask":                 KeyDidEmailAsk,
		"user.email":                     KeyDidEmail,
		"password.change":                KeyDidPasswordChange,
		"password.ask":                   KeyDidPasswordAsk,
		"password.mail":                  KeyDidPasswordMail,
		"password.reset":                 KeyDidPasswordReset,
		"password.give":                  KeyDidPasswordGive,
		"second_factor.begin":            KeyDidSecondBegin,
		"second_factor.on":               KeyDidSecondOn,
		"second_factor.off":              KeyDidSecondOff,
		"second_factor.shown":            KeyDidSecondShown,
		"second_factor.refused":          KeyDidSecondRefused,
		"second_factor.recovery_used":    KeyDidRecoveryUsed,
		"second_factor.recovery_renewed": KeyDidRecoveryRenewed,
		"session.begin":                  KeyDidLogIn,
		"session.refused":                KeyDidLogInRefused,
		"session.barred":                 KeyDidBarred,
		"session.end":                    KeyDidSessionEnd,
		"session.end_others":             KeyDidSessionsEnd,
		"access.refused":                 KeyDidRefused,
		"settings.set":                   KeyDidSettingsSet,
		"settings.apply":                 KeyDidSettingsApply,
		"rules.set":                      KeyDidRulesSet,
		"rules.apply":                    KeyDidRulesApply,
		"charter.publish":                KeyDidPublish,
		"result.enter":                   KeyDidResultEnter,
		"result.correct":                 KeyDidResultCorrect,
		"mail.read":                      KeyDidMailRead,
		"mail.resend":                    KeyDidMailResend,
		"job.rerun":                      KeyDidJobRerun,
		"tenant.enter":                   KeyDidTenantEnter,
		"tenant.state":                   KeyDidTenantState,
		"tenant.domains":                 KeyDidTenantDomains,
	}
}

func actionSays(r *web.Request, action string) string {
	key, known := actionKeys()[action]
	if !known {
		return ""
	}
	return r.Say(key, nil)
}
