package admin

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charterhouse/internal/fault"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// newOne stands in the address where something that is there already has its key.
const newOne = "new"

// linksMost is how many links a channel has room for on its page.
const linksMost = 8

// channelPage is one way to the town.
type channelPage struct {
	settingsTop
	Form  web.Form
	New   bool
	Kinds []web.FieldOption
	Langs []namedLang
	// Links are the numbers of the rows for links: those that stand and one more.
	Links []int

	Stands, Typed string
}

func (s *Site) channelPage(r *web.Request) (web.Reply, error) { return s.channel(r, nil) }

func (s *Site) channel(r *web.Request, f *fault.Error) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	at, err := channelAt(r, profile)
	if err != nil {
		return web.Reply{}, err
	}
	from, err := s.settingOrigin(r, "channels")
	if err != nil {
		return web.Reply{}, err
	}
	page := &channelPage{New: at < 0, Langs: langsOf(r)}
	title, stands := r.Say(KeyChannelNew, nil), tenant.Channel{}
	if at >= 0 {
		stands = profile.Channels[at]
		title = r.Text(stands.Title)
	}
	page.settingsTop = settingsFrame(r, title, web.Crumb{Label: r.Say(KeyChannelsTitle, nil), Path: pathChannels})
	blank := !typed(r)
	if page.Form, err = shown(r, f, from.Version); err != nil {
		return web.Reply{}, err
	}
	if blank {
		fillChannel(r, page.Form, stands)
	}
	rows := min(linksMost, max(1, linkRows(page.Form)+1))
	for n := range rows {
		page.Links = append(page.Links, n)
	}
	for _, kind := range channelKinds() {
		page.Kinds = append(page.Kinds, web.FieldOption{Value: kind, Label: r.Say(channelKey(kind), nil)})
	}
	if page.Form.Changed {
		page.Stands, page.Typed = channelWords(r, stands), channelWords(r, readChannel(r, stands))
	}
	return web.HTML("settings_channel", page), nil
}

// channelAt finds the channel of the address; -1 for a new one.
func channelAt(r *web.Request, profile tenant.Profile) (int, error) {
	key := r.Param("key")
	if key == newOne {
		return -1, nil
	}
	at := slices.IndexFunc(profile.Channels, func(c tenant.Channel) bool { return c.Key == key })
	if at < 0 {
		return 0, fault.New(fault.NotFound, KeyChannelNone)
	}
	return at, nil
}

func fillChannel(r *web.Request, form web.Form, c tenant.Channel) {
	form.Fill("kind", c.Kind).Fill("complaints", yes(c.Complaints))
	fillText(form, "title", c.Title, r.Langs)
	fillText(form, "body", c.Body, r.Langs)
	for i, l := range c.Links {
		name := "links_" + strconv.Itoa(i)
		form.Fill(name+"_url", l.URL)
		fillText(form, name+"_label", l.Label, r.Langs)
	}
}

// linkRows counts the rows that hold anything.
func linkRows(form web.Form) (n int) {
	for i := range linksMost {
		prefix := "links_" + strconv.Itoa(i) + "_"
		for name, values := range form.Values {
			if strings.HasPrefix(name, prefix) && strings.Join(values, "") != "" {
				n = i + 1
			}
		}
	}
	return n
}

// readChannel reads the form; its key is that of the channel that stands.
func readChannel(r *web.Request, stands tenant.Channel) tenant.Channel {
	c := tenant.Channel{
		Key: stands.Key, Kind: r.Form.Get("kind"), Title: readText(r, "title"), Body: readText(r, "body"), Complaints: r.Form.Get("complaints") != "",
	}
	for i := range linksMost {
		name := "links_" + strconv.Itoa(i)
		l := tenant.Link{URL: strings.TrimSpace(r.Form.Get(name + "_url")), Label: readText(r, name+"_label")}
		if l.URL != "" || !l.Label.Empty() {
			c.Links = append(c.Links, l)
		}
	}
	return c
}

func channelWords(r *web.Request, c tenant.Channel) string {
	lines := []string{everyText(r, c.Title), everyText(r, c.Body)}
	for _, l := range c.Links {
		lines = append(lines, everyText(r, l.Label)+": "+l.URL)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func (s *Site) channelSave(r *web.Request) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	at, err := channelAt(r, profile)
	if err != nil {
		return web.Reply{}, err
	}
	list := slices.Clone(profile.Channels)
	if at < 0 {
		at = len(list)
		list = append(list, tenant.Channel{})
	}
	next := readChannel(r, list[at])
	if next.Key == "" {
		next.Key = freeKey(next.Kind, list)
	}
	list[at] = next
	profile.Channels = list
	texts := []string{"title", "body"}
	for i := range next.Links {
		texts = append(texts, fmt.Sprintf("links_%d_label", i))
	}
	err = s.amendProfile(r, profile, "channels", fmt.Sprintf("channels.%d", at), list, texts...)
	if err != nil {
		return web.Reply{}, linkWords(err)
	}
	return web.Redirect(r.URL(pathChannels + "?saved=1")), nil
}

// linkWords says of an address what a person can do, instead of the names of
// schemes alone.
func linkWords(err error) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	for i, field := range f.Fields {
		if field.Key == string(tenant.KeyCheckURL) {
			f.Fields[i].Key = string(KeyChannelURL)
		}
		if field.Name == "kind" {
			f.Fields[i].Key = string(KeyChannelKind)
		}
	}
	return err
}

// freeKey names a new channel by its kind: phone, phone-2, …
func freeKey(kind string, list []tenant.Channel) string {
	taken := func(key string) bool {
		return key == newOne || slices.ContainsFunc(list, func(c tenant.Channel) bool { return c.Key == key })
	}
	key := kind
	for n := 2; taken(key); n++ {
		key = kind + "-" + strconv.Itoa(n)
	}
	return key
}
