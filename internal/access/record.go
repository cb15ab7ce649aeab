package access

import (
	"fmt"

	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
)

// Action is what the audit chain calls a deed of this package.
type Action string

// Every deed of this package.
const (
	ActionUserAdd         Action = "user.add"
	ActionUserInvite      Action = "user.invite"
	ActionUserAccept      Action = "user.accept"
	ActionUserEdit        Action = "user.edit"
	ActionUserCountries   Action = "user.countries"
	ActionUserRoles       Action = "user.roles"
	ActionUserDisable     Action = "user.disable"
	ActionUserEnable      Action = "user.enable"
	ActionUserForget      Action = "user.forget"
	ActionEmailAsk        Action = "user.email_ask"
	ActionEmailChange     Action = "user.email"
	ActionPasswordChange  Action = "password.change"
	ActionPasswordAsk     Action = "password.ask"
	ActionPasswordReset   Action = "password.reset"
	ActionPasswordGive    Action = "password.give"
	ActionSecondBegin     Action = "second_factor.begin"
	ActionSecondOn        Action = "second_factor.on"
	ActionSecondOff       Action = "second_factor.off"
	ActionSecondShown     Action = "second_factor.shown"
	ActionSecondRefused   Action = "second_factor.refused"
	ActionRecoveryUsed    Action = "second_factor.recovery_used"
	ActionRecoveryRenewed Action = "second_factor.recovery_renewed"
	ActionLogIn           Action = "session.begin"
	ActionLogInRefused    Action = "session.refused"
	ActionBarred          Action = "session.barred"
	ActionSessionEnd      Action = "session.end"
	ActionSessionsEnd     Action = "session.end_others"
)

// Visitor is whoever stands before the door and has not shown who they are.
func Visitor() audit.Actor { return audit.Actor{ID: "visitor"} }

// record notes a deed about a user; 0 = an account that there is not. Nothing in
// detail may tell who the person is.
func record(tx *pg.Tx, actor audit.Actor, a Action, user int64, detail any) {
	object := "user/unknown"
	if user != 0 {
		object = fmt.Sprintf("user/%d", user)
	}
	tx.Record(pg.Entry{Actor: actor.ID, Action: string(a), Object: object, Detail: detail})
}
