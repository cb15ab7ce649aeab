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
	// Views are the daily lists of cases, beside the pages of cases alone.
	Views []sideItem
	Menu  []sideItem
	// Department of who is signed in; empty = none.
	Department string
	// Here names the line of the menu that this page belongs to, for where the menu
	// is shut.
	Here string
}

// sideItem is one line of the menu.
type sideItem struct {
	Label, URL string
	Current    bool
	Count      int // of cases; 0 is not shown
	Most       bool
	Due        bool // the count is of what is late
}

// room is one line of the menu with the permission that opens it.
type room struct {
	path string
	key  i18n.Key
	may  access.Permission
	town bool // the portal has none
}

func (s *Site) menu() []room {
	return []room{
		{pathCases, KeyMenuCases, access.CaseRead, true},
		{pathRegister, KeyMenuRegister, access.CaseRegister, true},
		{pathResults, KeyMenuResults, access.SettingsRead, true},
		{pathSettings, KeyMenuSettings, access.SettingsRead, true},
		{pathFigures, KeyMenuFigures, access.FiguresExport, false},
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
		f.Side = nil
		return nil
	}
	column, _ := f.Side.(*side) // of a handler that has lists beside its page
	if column == nil {
		column = &side{}
	}
	column.Department = r.Principal.Department
	for _, item := range s.menu() {
		if item.path == f.Menu {
			column.Here = r.Say(item.key, nil)
		}
		listed := item.path == pathCases && column.Views != nil
		if r.Principal.Can(item.may) && !(item.town && s.portal) && !listed {
			column.Menu = append(column.Menu, sideItem{Label: r.Say(item.key, nil), URL: r.URL(item.path), Current: item.path == f.Menu})
		}
	}
	for _, view := range column.Views {
		if view.Current {
			column.Here = view.Label
		}
	}
	f.Side = column
	return nil
}
