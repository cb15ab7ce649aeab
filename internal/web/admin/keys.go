package admin

import "charterhouse/internal/i18n"

// The frame of the desk and its menu.
const (
	KeyDesk               i18n.Key = "admin.desk"
	KeyMenuLabel          i18n.Key = "admin.menu.label"
	KeyMenuCases          i18n.Key = "admin.menu.cases"
	KeyMenuRegister       i18n.Key = "admin.menu.register"
	KeyMenuSettings       i18n.Key = "admin.menu.settings"
	KeyMenuUsers          i18n.Key = "admin.menu.users"
	KeyMenuFigures        i18n.Key = "admin.menu.figures"
	KeyUserCountries      i18n.Key = "users.countries"
	KeyUserCountriesWhich i18n.Key = "users.countries_which"
	KeyUserCountriesAbout i18n.Key = "users.countries_about"
	KeyMenuAudit          i18n.Key = "admin.menu.audit"
	KeyMenuMails          i18n.Key = "admin.menu.mails"
	KeyMenuAccount        i18n.Key = "admin.menu.account"
	KeyLogOut             i18n.Key = "admin.log_out"
	KeyPublicSite         i18n.Key = "admin.public_site"
)

// Signing in.
const (
	KeyLogInTitle i18n.Key = "admin.log_in.title"
)
