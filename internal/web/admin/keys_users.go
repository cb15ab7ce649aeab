package admin

import "charterhouse/internal/i18n"

// The accounts.
const (
	KeyUsersTitle      i18n.Key = "users.title"
	KeyUsersName       i18n.Key = "users.name"
	KeyUsersEmail      i18n.Key = "users.email"
	KeyUsersRoles      i18n.Key = "users.roles"
	KeyUsersDepartment i18n.Key = "users.department"
	KeyUsersLang       i18n.Key = "users.lang"
	KeyUsersState      i18n.Key = "users.state_label"
	KeyUsersSecond     i18n.Key = "users.second_step"
	KeyUsersSecondOn   i18n.Key = "users.second.on"
	KeyUsersSecondOff  i18n.Key = "users.second.off"
	KeyUsersAll        i18n.Key = "users.all"
	KeyUsersActive     i18n.Key = "users.active"
	KeyUsersDisabled   i18n.Key = "users.disabled"
	KeyUserActive      i18n.Key = "users.state.active"
	KeyUserInvited     i18n.Key = "users.state.invited"
	KeyUserDisabled    i18n.Key = "users.state.disabled"
	KeyUsersNone       i18n.Key = "users.none"
	KeyUserNew         i18n.Key = "users.new_title"
	KeyUserNewAbout    i18n.Key = "users.new.about"
	KeyUserNewDo       i18n.Key = "users.new.do"
	KeyRoleSecond      i18n.Key = "users.role_second"
	KeyUsersOwn        i18n.Key = "users.own"
	KeyUsersGrants     i18n.Key = "users.grants"
	KeyUsersGrant      i18n.Key = "users.grant"
	KeyUsersMay        i18n.Key = "users.may"
)

// What can be done with an account.
const (
	KeyDoEnable        i18n.Key = "users.do.enable"
	KeyDoEnableAbout   i18n.Key = "users.do.enable_about"
	KeyDoDisable       i18n.Key = "users.do.disable"
	KeyDoDisableAbout  i18n.Key = "users.do.disable_about"
	KeyDoReset         i18n.Key = "users.do.reset"
	KeyDoResetAbout    i18n.Key = "users.do.reset_about"
	KeyDoInvite        i18n.Key = "users.do.invite"
	KeyDoInviteAbout   i18n.Key = "users.do.invite_about"
	KeyDoSecond        i18n.Key = "users.do.second"
	KeyDoSecondAbout   i18n.Key = "users.do.second_about"
	KeyDoSessions      i18n.Key = "users.do.sessions"
	KeyDoSessionsAbout i18n.Key = "users.do.sessions_about"
)

// What has just been done with an account.
const (
	KeyDoneInvited     i18n.Key = "users.done.invite"
	KeyDoneMailKept    i18n.Key = "users.done.kept"
	KeyDoneSaved       i18n.Key = "users.done.save"
	KeyDoneDisabled    i18n.Key = "users.done.disable"
	KeyDoneEnabled     i18n.Key = "users.done.enable"
	KeyDoneResetMail   i18n.Key = "users.done.reset"
	KeyDoneSecondReset i18n.Key = "users.done.second"
	KeyDoneSessions    i18n.Key = "users.done.sessions"
)
