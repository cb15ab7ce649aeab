package access

import (
	"slices"

	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// Role is what a person is in a realm.
type Role string

// The roles of a town, and those of the national portal.
const (
	Administrator Role = "administrator"
	Officer       Role = "officer"
	Auditor       Role = "auditor"
	Viewer        Role = "viewer"

	Coordinator Role = "coordinator"
	Operator    Role = "operator"
)

// Permission is one thing that some may do and others may not. Every route of
// the staff names one.
type Permission string

// What can be permitted. Confidential cases of one's own need no permission of
// their own: casework lets a case's handler read it.
const (
	OwnAccount           Permission = "account.own"
	CaseRead             Permission = "case.read"
	CaseReadConfidential Permission = "case.read_confidential"
	CaseRegister         Permission = "case.register"
	CaseHandle           Permission = "case.handle"
	CaseAssign           Permission = "case.assign"
	SettingsRead         Permission = "settings.read"
	SettingsEdit         Permission = "settings.edit"
	UsersManage          Permission = "users.manage"
	AuditRead            Permission = "audit.read"
	MailRead             Permission = "mail.read"
	MailResend           Permission = "mail.resend"
	FiguresExport        Permission = "figures.export"
	CatalogueEdit        Permission = "catalogue.edit"
)

// RoleInfo is one role: what it is called, where it exists, and whether it must
// show a second factor.
type RoleInfo struct {
	Role         Role
	Name         i18n.Key
	Town         bool // else of the portal
	SecondFactor bool
}

// RoleTable lists all roles, those of a town first.
func RoleTable() []RoleInfo {
	return []RoleInfo{
		{Administrator, KeyRoleAdministrator, true, true},
		{Officer, KeyRoleOfficer, true, false},
		{Auditor, KeyRoleAuditor, true, false},
		{Viewer, KeyRoleViewer, true, false},
		{Operator, KeyRoleOperator, false, true},
		{Coordinator, KeyRoleCoordinator, false, false},
	}
}

// Grant is one line of the permission table: who may do this.
type Grant struct {
	Permission Permission
	Name       i18n.Key
	Roles      []Role
}

// PermissionTable is the only place that says who may do what. What is not here
// nobody may.
func PermissionTable() []Grant {
	return []Grant{
		{OwnAccount, KeyMayOwnAccount, []Role{Administrator, Officer, Auditor, Viewer, Operator, Coordinator}},
		{CaseRead, KeyMayCaseRead, []Role{Administrator, Officer, Auditor, Viewer}},
		{CaseReadConfidential, KeyMayCaseReadConfidential, []Role{Administrator}},
		{CaseRegister, KeyMayCaseRegister, []Role{Administrator, Officer}},
		{CaseHandle, KeyMayCaseHandle, []Role{Administrator, Officer}},
		{CaseAssign, KeyMayCaseAssign, []Role{Administrator, Officer}},
		{SettingsRead, KeyMaySettingsRead, []Role{Administrator, Officer, Auditor}},
		{SettingsEdit, KeyMaySettingsEdit, []Role{Administrator}},
		{UsersManage, KeyMayUsersManage, []Role{Administrator, Operator}},
		{AuditRead, KeyMayAuditRead, []Role{Administrator, Auditor, Operator}},
		{MailRead, KeyMayMailRead, []Role{Administrator, Auditor, Operator}},
		{MailResend, KeyMayMailResend, []Role{Administrator, Operator}},
		{FiguresExport, KeyMayFiguresExport, []Role{Coordinator, Operator}},
		{CatalogueEdit, KeyMayCatalogueEdit, []Role{Coordinator}},
	}
}

// Permits tells whether any of these roles may do it.
func Permits(roles []Role, p Permission) bool {
	for _, g := range PermissionTable() {
		if g.Permission == p {
			return slices.ContainsFunc(g.Roles, func(r Role) bool { return slices.Contains(roles, r) })
		}
	}
	return false
}

// RolesOf lists the roles that exist in a realm.
func RolesOf(r pg.Realm) []Role {
	var all []Role
	for _, info := range RoleTable() {
		if info.Town == r.IsTown() {
			all = append(all, info.Role)
		}
	}
	return all
}

// mustShowSecond tells whether one of the roles is worth a second factor: the
// one that may make others what it likes.
func mustShowSecond(roles []Role) bool {
	return slices.ContainsFunc(RoleTable(), func(i RoleInfo) bool { return i.SecondFactor && slices.Contains(roles, i.Role) })
}
