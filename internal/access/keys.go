package access

import "charterhouse/internal/i18n"

// What the entrance says to whoever stands before it.
const (
	KeySignIn     i18n.Key = "access.sign_in"
	KeyWrongLogIn i18n.Key = "access.wrong_log_in"
	KeyWrong      i18n.Key = "access.wrong_password"
	KeyWrongCode  i18n.Key = "access.wrong_code"
	KeyTryLater   i18n.Key = "access.try_later" // Count: minutes
	KeyLinkOver   i18n.Key = "access.link_over"
	KeyForbidden  i18n.Key = "access.forbidden"
)

// What a password must be.
const (
	KeyPasswordShort    i18n.Key = "access.password.short" // Count
	KeyPasswordLong     i18n.Key = "access.password.long"  // Count
	KeyPasswordGuessed  i18n.Key = "access.password.guessed"
	KeyPasswordRepeats  i18n.Key = "access.password.repeats"
	KeyPasswordCommon   i18n.Key = "access.password.common"
	KeyPasswordUnusable i18n.Key = "access.password.unusable"
	KeyPasswordSame     i18n.Key = "access.password.same"
)

// What is refused about an account.
const (
	KeyNoSuchUser        i18n.Key = "access.user.none"
	KeyEmail             i18n.Key = "access.user.email"
	KeyEmailTaken        i18n.Key = "access.user.email_taken"
	KeyName              i18n.Key = "access.user.name"       // Limit
	KeyDepartment        i18n.Key = "access.user.department" // Limit
	KeyLanguage          i18n.Key = "access.user.language"
	KeyRoles             i18n.Key = "access.user.roles"
	KeyCountry           i18n.Key = "access.user.country"
	KeyYourself          i18n.Key = "access.user.yourself"
	KeyLastAdministrator i18n.Key = "access.user.last_administrator"
	KeyChanged           i18n.Key = "access.user.changed"
	KeyDisabled          i18n.Key = "access.user.disabled"
	KeyStillActive       i18n.Key = "access.user.still_active"
	KeyAccepted          i18n.Key = "access.user.accepted"
	KeyNoSuchSession     i18n.Key = "access.session.none"
	KeySecondOn          i18n.Key = "access.second.on"
	KeySecondNotBegun    i18n.Key = "access.second.not_begun"
	KeySecondOff         i18n.Key = "access.second.off"
	KeySecondNeeded      i18n.Key = "access.second.needed"
)

// The roles by their names.
const (
	KeyRoleAdministrator i18n.Key = "access.role.administrator"
	KeyRoleOfficer       i18n.Key = "access.role.officer"
	KeyRoleAuditor       i18n.Key = "access.role.auditor"
	KeyRoleViewer        i18n.Key = "access.role.viewer"
	KeyRoleOperator      i18n.Key = "access.role.operator"
	KeyRoleCoordinator   i18n.Key = "access.role.coordinator"
)

// What each permission allows, as the table of roles shows it.
const (
	KeyMayOwnAccount           i18n.Key = "access.may.account.own"
	KeyMayCaseRead             i18n.Key = "access.may.case.read"
	KeyMayCaseReadConfidential i18n.Key = "access.may.case.read_confidential"
	KeyMayCaseRegister         i18n.Key = "access.may.case.register"
	KeyMayCaseHandle           i18n.Key = "access.may.case.handle"
	KeyMayCaseAssign           i18n.Key = "access.may.case.assign"
	KeyMaySettingsRead         i18n.Key = "access.may.settings.read"
	KeyMaySettingsEdit         i18n.Key = "access.may.settings.edit"
	KeyMayUsersManage          i18n.Key = "access.may.users.manage"
	KeyMayAuditRead            i18n.Key = "access.may.audit.read"
	KeyMayMailRead             i18n.Key = "access.may.mail.read"
	KeyMayMailResend           i18n.Key = "access.may.mail.resend"
	KeyMayFiguresExport        i18n.Key = "access.may.figures.export"
	KeyMayCatalogueEdit        i18n.Key = "access.may.catalogue.edit"
)
