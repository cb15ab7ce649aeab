package casework_test

import (
	"strings"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// What is typed into the form is refused with the field and what to do.
func TestWhatIsTypedIsChecked(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	long := func(n int) string { return strings.Repeat("š", n) }
	for name, c := range map[string]struct {
		change func(*casework.Filing)
		field  string
		key    i18n.Key
	}{
		"kind":            {func(f *casework.Filing) { f.Kind = "insult" }, "kind", casework.KeyNeedKind},
		"language":        {func(f *casework.Filing) { f.Lang = "bg" }, "lang", casework.KeyNeedLanguage},
		"no title":        {func(f *casework.Filing) { f.Title = " \n\u200b" }, "title", casework.KeyNeedTitle},
		"long title":      {func(f *casework.Filing) { f.Title = long(201) }, "title", casework.KeyTextTooLong},
		"no body":         {func(f *casework.Filing) { f.Body = "" }, "body", casework.KeyNeedBody},
		"long body":       {func(f *casework.Filing) { f.Body = long(10_001) }, "body", casework.KeyTextTooLong},
		"huge body":       {func(f *casework.Filing) { f.Body = long(10_000_000) }, "body", casework.KeyTextTooLong},
		"NUL":             {func(f *casework.Filing) { f.Body = "a\x00b" }, "body", casework.KeyTextUnreadable},
		"no UTF-8":        {func(f *casework.Filing) { f.Body = "a\xffb" }, "body", casework.KeyTextUnreadable},
		"no name":         {func(f *casework.Filing) { f.Person.Name = "" }, "name", casework.KeyNeedName},
		"long name":       {func(f *casework.Filing) { f.Person.Name = long(201) }, "name", casework.KeyTextTooLong},
		"no way":          {func(f *casework.Filing) { f.Person.ReplyBy = "" }, "reply_by", casework.KeyNeedReplyBy},
		"no address":      {func(f *casework.Filing) { f.Person.ReplyBy = casework.ByPost }, "address", casework.KeyNeedAddress},
		"no email":        {func(f *casework.Filing) { f.Person.Email = "" }, "email", casework.KeyNeedEmail},
		"email without @": {func(f *casework.Filing) { f.Person.Email = "ona.example.org" }, "email", casework.KeyEmailNoAt},
		"two emails":      {func(f *casework.Filing) { f.Person.Email = "a@b.lt, c@d.lt" }, "email", casework.KeyEmailForm},
		"mail header":     {func(f *casework.Filing) { f.Person.Email = "a@b.lt\r\nBcc: c@d.lt" }, "email", casework.KeyEmailForm},
		"tomorrow":        {func(f *casework.Filing) { f.HappenedOn = day(t, "2026-11-21") }, "happened_on", casework.KeyDateAhead},
		"half a name":     {func(f *casework.Filing) { f.Anonymous = true }, "name", casework.KeyNameOrNothing},
	} {
		f := w.filing(casework.Complaint)
		c.change(&f)
		_, err := w.submit(f)
		t.Run(name, func(t *testing.T) { refused(t, err, fault.Invalid, c.field, c.key) })
	}
	if n := len(w.inbox(casework.Filter{})); n != 0 {
		t.Errorf("%d cases were taken", n)
	}
}

// What is registered has a channel and a day that can be.
func TestWhatIsRegisteredIsChecked(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	for name, c := range map[string]struct {
		a     casework.Arrival
		field string
		key   i18n.Key
	}{
		"no channel":    {casework.Arrival{ReceivedOn: day(t, "2026-11-20")}, "channel", casework.KeyNeedChannel},
		"no day":        {casework.Arrival{Channel: "phone"}, "received_on", casework.KeyNeedReceived},
		"ahead":         {casework.Arrival{Channel: "phone", ReceivedOn: day(t, "2026-11-21")}, "received_on", casework.KeyDateAhead},
		"long ago":      {casework.Arrival{Channel: "phone", ReceivedOn: day(t, "2025-11-01")}, "received_on", casework.KeyDateLongAgo},
		"no department": {casework.Arrival{Channel: "phone", ReceivedOn: day(t, "2026-11-20"), Department: "x"}, "department", casework.KeyNoDepartment},
	} {
		err := w.write(func(town *casework.Town, tx *pg.Tx) error {
			_, err := town.Register(t.Context(), tx, w.officer, w.filing(casework.Complaint), c.a)
			return err
		})
		t.Run(name, func(t *testing.T) { refused(t, err, fault.Invalid, c.field, c.key) })
	}
}

// Texts are kept in one spelling, without signs that nobody sees.
func TestTextsAreCleaned(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	f := w.filing(casework.Complaint)
	f.Title, f.Body = "  I\u0328s\u030c  \u202eeis\u00ad ", "viena\r\ndu\r\u2066"
	f.Person.Email = "Ona@ŽIBINTAI.lt"
	r, err := w.submit(f)
	must(t, err)
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		events, err := casework.Timeline(t.Context(), tx, r.Case, casework.Staff)
		if x := events[0].Texts[0]; x.Title != "Įš eis" || x.Body != "viena\ndu" {
			t.Errorf("kept as %q, %q", x.Title, x.Body)
		}
		p, _ := casework.PersonOf(t.Context(), tx, w.officer, r.Case)
		if p.Email != "Ona@xn--ibintai-t2a.lt" && !strings.HasPrefix(p.Email, "Ona@xn--") {
			t.Errorf("address kept as %s", p.Email)
		}
		return err
	})
}
