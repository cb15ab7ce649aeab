package admin

import (
	"context"
	"net/http"

	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/jobs"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
	"charterhouse/internal/web"
)

// linkKind is what a mailed link for a password differs by.
type linkKind struct {
	purpose     access.Purpose
	path        string
	title, lead i18n.Key
	use         func(*access.Gate, context.Context, *pg.Tx, access.Token, access.NewPassword) error
}

func resetLink() linkKind {
	return linkKind{access.ForReset, pathReset, KeyPasswordTitle, KeyResetLead, (*access.Gate).Reset}
}

func inviteLink() linkKind {
	return linkKind{access.ForInvite, pathInvite, KeyInviteTitle, KeyInviteLead, (*access.Gate).Accept}
}

// tokenField names the link's secret in a form like a password, so that the kit
// never sends it back where what was typed is kept.
const tokenField = "password_link"

func tokenOf(r *web.Request) access.Token {
	if typed := r.Form.Get(tokenField); typed != "" {
		return access.Token(typed)
	}
	return access.Token(r.Query.Get("token"))
}

func (s *Site) linkEmpty(k linkKind) web.Handler {
	shown := s.linkShown(k)
	return func(r *web.Request) (web.Reply, error) { return shown(r, nil) }
}

// linkShown asks for the new password; a link that is over is refused at once, so
// that nobody types into a form that leads nowhere.
func (s *Site) linkShown(k linkKind) web.Again {
	return func(r *web.Request, f *fault.Error) (web.Reply, error) {
		u, err := s.gate.Look(r.Ctx, r.Tx, tokenOf(r), k.purpose)
		if err != nil {
			return over(r, k.purpose, err)
		}
		form, err := r.Shown(f)
		if err != nil {
			return web.Reply{}, err
		}
		form.Values.Set(tokenField, tokenOf(r).Reveal())
		page := &passwordPage{Form: form, Lead: r.Say(k.lead, i18n.Args{"Name": u.Name}), Action: r.URL(k.path), Email: u.Email}
		page.Title = r.Say(k.title, nil)
		return web.HTML("password", page).Secret(), nil
	}
}

// overPage tells that a link is over, and what to do.
type overPage struct {
	web.Frame
	Text           string
	Reset, Invited bool
}

// over explains a link that was used, is too old or never was, all alike; any
// other error is passed on.
func over(r *web.Request, purpose access.Purpose, err error) (web.Reply, error) {
	f, ok := fault.Of(err)
	if !ok || f.Kind != fault.Gone {
		return web.Reply{}, err
	}
	page := &overPage{Text: r.Say(i18n.Key(f.Key), nil), Reset: purpose == access.ForReset, Invited: purpose == access.ForInvite}
	page.Title = r.Say(KeyOverTitle, nil)
	return web.HTML("over", page).Secret().Status(http.StatusGone), nil
}

// linkUsed sets the password that a link stands for; signing in comes next.
func (s *Site) linkUsed(k linkKind) web.Handler {
	return func(r *web.Request) (web.Reply, error) {
		if err := need(r, "new_password", KeyNeedPassword); err != nil {
			return web.Reply{}, err
		}
		var holder access.Holder
		err := r.Read(func() (err error) {
			holder, err = s.gate.LookHolder(r.Ctx, r.Tx, tokenOf(r), k.purpose)
			return err
		})
		if err != nil {
			return web.Reply{}, err
		}
		prepared, err := s.gate.Prepare(r.Ctx, holder, r.Form.Get("new_password"), s.around(r)...)
		if err != nil {
			return web.Reply{}, err
		}
		err = r.Write(func() error {
			if err := k.use(s.gate, r.Ctx, r.Tx, tokenOf(r), prepared); err != nil || k.purpose != access.ForReset {
				return err
			}
			u, err := access.GetUser(r.Ctx, r.Tx, holder.User)
			if err != nil {
				return err
			}
			return TellPassword(r.Ctx, r.Tx, s.post, zoneOf(r), u.ID, u.Profile)
		})
		return web.Redirect(r.URL(pathLogIn) + "?done=reset"), err
	}
}

func (s *Site) forgottenEmpty(r *web.Request) (web.Reply, error) { return s.forgottenShown(r, nil) }

func (s *Site) forgottenShown(r *web.Request, f *fault.Error) (web.Reply, error) {
	form, err := r.Shown(f)
	page := &entrancePage{Form: form}
	page.Title = r.Say(KeyForgottenTitle, nil)
	return web.HTML("forgotten", page), err
}

// forgotten notes the request and leaves the letter to a job, so that an address
// which nobody has is answered in the same time.
func (s *Site) forgotten(r *web.Request) (web.Reply, error) {
	if err := need(r, "email", KeyNeedEmail); err != nil {
		return web.Reply{}, err
	}
	request, err := s.gate.AskReset(r.Ctx, r.Tx, r.Form.Get("email"), r.Client())
	if err != nil {
		return web.Reply{}, err
	}
	err = jobs.Enqueue(r.Ctx, r.Tx, jobs.Job{Kind: kindReset, Args: request})
	return web.Redirect(r.URL(pathForgotten + "/sent")), err
}

// sentPage says the same whether or not anything was sent.
type sentPage struct {
	web.Frame
	Demo bool // nobody gets mail; the letters are shown
}

func (s *Site) forgottenSent(r *web.Request) (web.Reply, error) {
	page := &sentPage{Demo: !s.post.Sends()}
	page.Title = r.Say(KeyForgottenSentTitle, nil)
	return web.HTML("sent", page), nil
}

// kindReset is the job that mails the link of a request.
const kindReset = "admin.reset"

// Jobs are the kinds of job that the desk leaves behind.
func Jobs(gate *access.Gate, post *notify.Post) []jobs.Kind {
	return []jobs.Kind{
		jobs.InTx(kindReset, func(ctx context.Context, tx *pg.Tx, request access.Request) error {
			m, send, err := gate.WriteReset(ctx, tx, request)
			if err != nil || !send {
				return err
			}
			return sendLink(ctx, tx, post, m)
		}),
	}
}
