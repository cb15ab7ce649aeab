package admin

import "charterhouse/internal/i18n"

// doneKeys are the words for ?done=…, after an action has led on to another page.
func doneKeys() map[string]i18n.Key {
	return map[string]i18n.Key{
		"password": KeyDonePassword, "reset": KeyDoneReset, "email_asked": KeyDoneEmailAsked, "email": KeyDoneEmail,
		"lang": KeyDoneLang, "session": KeyDoneSession, "second_off": KeyDoneSecondOff, "log_out": KeyDoneLogOut,
		"reply": KeyDoneReply, "extend": KeyDoneExtend, "case": KeyDoneAct, "register": KeyDoneRegister, "hidden": KeyDoneHidden,
	}
}
