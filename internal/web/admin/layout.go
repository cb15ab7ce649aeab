package admin

import (
	"charterhouse/internal/access"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// side is the column beside every page of the desk: the menu of what this person
// may open. Frame.Side is nil where nobody has come in yet; the page then stands
// in the frame of the entrance.
type side struct {
	Menu []sideItem
	// Department of who is signed in; empty = none.
	Department i18n.Text
}

// sideItem is one line of the menu.
type sideItem struct {
	Label, URL string
	Current    bool
	// Rest: left out on a narrow screen's first line.
	Rest bool
}

// menu is every room of the desk with the permission that opens it.
func (s *Site) menu() []struct {
	path string
	key  i18n.Key
	may  access.Permission
	town bool // the portal has none
} {
	return []struct {
		path string
		key  i18n.Key
		may  access.Permission
		town bool
	}{
		{pathCases, KeyMenuCases, access.CaseRead, true},
		{pathRegister, KeyMenuRegister, access.CaseRegister, true},
		{pathSettings, KeyMenuSettings, access.SettingsRead, true},
		{pathUsers, KeyMenuUsers, access.UsersManage, false},
		{pathAudit, KeyMenuAudit, access.AuditRead, false},
		{pathMails, KeyMenuMails, access.MailRead, false},
		{pathAccount, KeyMenuAccount, access.OwnAccount, false},
	}
}

// complete fills the frame: emblem and contacts of the town, and the desk's menu
// for whoever has come in.
func (s *Site) complete(r *web.Request, f *web.Frame) error {
	f.Icon = "/emblem.svg"
	if s.portal {
		f.Emblem = s.mark
	} else {
		profile, err := tenant.Export(r.Ctx, r.Tx)
		if err != nil {
			return err
		}
		f.Contact, f.Note = profile.Contact, profile.Note
		f.Emblem = web.Drawing(profile.Emblem)
		if profile.Emblem == "" {
			f.Emblem = web.Drawing(s.packs[r.Town.Country].Emblem)
		}
	}
	if r.Principal.Stage != access.StageFull {
		return nil
	}
	column := &side{}
	for _, item := range s.menu() {
		if r.Principal.Can(item.may) && !(item.town && s.portal) {
			column.Menu = append(column.Menu, sideItem{Label: r.Say(item.key, nil), URL: r.URL(item.path), Current: item.path == f.Menu})
		}
	}
	f.Side = column
	return nil
}
