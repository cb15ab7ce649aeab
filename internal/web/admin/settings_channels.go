package admin

import (
	"slices"

	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// channelsPage lists the ways to the town in their order.
type channelsPage struct {
	settingsTop
	Rows   []channelRow
	Origin origin
	Nonce  string
	Edit   bool
	// Differs: the list is another than the country's, which can be taken back.
	Differs bool
}

type channelRow struct {
	tenant.Channel
	KindName    string
	First, Last bool
	Missing     []string
}

func channelKinds() []string {
	return []string{"post", "email", "phone", "visit", "form", "box", "website", "social", "meeting", "desk"}
}

func channelKey(kind string) i18n.Key {
	return map[string]i18n.Key{
		"post": KeyWayPost, "email": KeyWayEmail, "phone": KeyWayPhone, "visit": KeyWayVisit, "form": KeyWayForm,
		"box": KeyWayBox, "website": KeyWayWebsite, "social": KeyWaySocial, "meeting": KeyWayMeeting, "desk": KeyWayDesk,
	}[kind]
}

func (s *Site) channels(r *web.Request) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	page := &channelsPage{Edit: mayEdit(r), Nonce: r.NewNonce()}
	page.settingsTop = settingsFrame(r, r.Say(KeyChannelsTitle, nil))
	if page.Origin, err = s.settingOrigin(r, "channels"); err != nil {
		return web.Reply{}, err
	}
	for i, c := range profile.Channels {
		row := channelRow{Channel: c, KindName: r.Say(channelKey(c.Kind), nil), First: i == 0, Last: i == len(profile.Channels)-1}
		for _, t := range append([]i18n.Text{c.Title, c.Body}, labels(c)...) {
			if lacks := missing(r, t); len(lacks) > len(row.Missing) {
				row.Missing = lacks
			}
		}
		page.Rows = append(page.Rows, row)
	}
	page.Differs = !sameChannels(profile.Channels, s.packs[r.Town.Country].Channels)
	return web.HTML("settings_channels", page), nil
}

func labels(c tenant.Channel) (list []i18n.Text) {
	for _, l := range c.Links {
		list = append(list, l.Label)
	}
	return list
}

func sameChannels(a, b []tenant.Channel) bool {
	return slices.EqualFunc(a, b, func(x, y tenant.Channel) bool {
		return x.Key == y.Key && x.Kind == y.Kind && same(x.Title, y.Title) && same(x.Body, y.Body) && len(x.Links) == len(y.Links)
	})
}

func same(a, b i18n.Text) bool {
	for _, lang := range []string{"lt", "bg", "en"} {
		if a[lang] != b[lang] {
			return false
		}
	}
	return true
}

// settingOrigin tells whose a part of the profile is.
func (s *Site) settingOrigin(r *web.Request, key string) (origin, error) {
	standing, err := tenant.Standings(r.Ctx, r.Tx)
	if err != nil {
		return origin{}, err
	}
	return s.origin(r, ofSetting(standing[key]))
}

// channelsMove moves a channel up or down, or takes it away.
func (s *Site) channelsMove(r *web.Request) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	list := slices.Clone(profile.Channels)
	at := slices.IndexFunc(list, func(c tenant.Channel) bool { return c.Key == r.Form.Get("key") })
	if at < 0 {
		return web.Reply{}, fault.New(fault.NotFound, KeyChannelNone)
	}
	switch do := r.Form.Get("do"); {
	case do == "up" && at > 0:
		list[at-1], list[at] = list[at], list[at-1]
	case do == "down" && at < len(list)-1:
		list[at+1], list[at] = list[at], list[at+1]
	case do == "remove":
		list = slices.Delete(list, at, at+1)
	}
	return s.saveChannels(r, profile, list)
}

func (s *Site) saveChannels(r *web.Request, profile tenant.Profile, list []tenant.Channel) (web.Reply, error) {
	profile.Channels = list
	if err := s.amendProfile(r, profile, "channels", "channels", list); err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(r.URL(pathChannels + "?saved=1")), nil
}

// channelsInherit takes the list that the country's pack gives a new town.
func (s *Site) channelsInherit(r *web.Request) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	return s.saveChannels(r, profile, s.packs[r.Town.Country].Channels)
}
