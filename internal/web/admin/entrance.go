package admin

import (
	"net/url"

	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// entranceRoutes are the pages before the door. Whoever stands there may be
// anybody, so each of them is a page of the public that knows its session.
func (s *Site) entranceRoutes() web.Routes {
	signIn := web.Limits{Pace: web.SignIn}
	return web.Routes{
		web.Page(pathHome, s.home, web.Known()),
		web.Page(pathLogIn, s.logInEmpty, web.Known()),
		web.Post(pathLogIn, s.logIn, signIn, web.InSteps(), web.Known(), web.Refused(s.logInShown)),
		web.Post(pathLogOut, s.logOut, web.Limits{}, web.Known()),
		web.Page(pathCode, s.codeEmpty, web.Known()),
		web.Post(pathCode, s.code, signIn, web.InSteps(), web.Known(), web.Refused(s.codeShown)),
		web.Page(pathNewPassword, s.newPasswordEmpty, web.Known()),
		web.Post(pathNewPassword, s.newPassword, signIn, web.InSteps(), web.Known(), web.Refused(s.newPasswordShown)),
		web.Page(pathSecond, s.secondPage, web.Known()),
		web.Post(pathSecond, s.secondBegin, signIn, web.InSteps(), web.Known(), web.Refused(s.secondShown)),
		web.Post(pathSecond+"/confirm", s.secondConfirm, signIn, web.InSteps(), web.Known(), web.Refused(s.secondAgain)),
		web.Page(pathForgotten, s.forgottenEmpty),
		web.Post(pathForgotten, s.forgotten, signIn, web.Refused(s.forgottenShown)),
		web.Page(pathForgotten+"/sent", s.forgottenSent),
		web.Page(pathReset, s.linkEmpty(resetLink())),
		web.Post(pathReset, s.linkUsed(resetLink()), signIn, web.InSteps(), web.Refused(s.linkShown(resetLink()))),
		web.Page(pathInvite, s.linkEmpty(inviteLink())),
		web.Post(pathInvite, s.linkUsed(inviteLink()), signIn, web.InSteps(), web.Refused(s.linkShown(inviteLink()))),
		web.Page(pathEmail, s.emailEmpty),
		web.Post(pathEmail, s.emailConfirm, signIn, web.Refused(s.emailShown)),
	}
}

// entrancePage is a form before the door.
type entrancePage struct {
	web.Frame
	Form web.Form
	Next string
	Done string
}

// home leads to the first room that this person may enter.
func (s *Site) home(r *web.Request) (web.Reply, error) {
	return web.Redirect(s.onward(r, r.Principal.Stage)), nil
}

// start is where somebody begins who has come in.
func (s *Site) start(p access.Principal) string {
	for _, item := range s.menu() {
		if access.Permits(p.Roles, item.may) && !(item.town && s.portal) {
			return item.path
		}
	}
	return pathAccount
}

// onward is the page of the step that comes next; "" is the stage of somebody who
// has not begun. Where the visitor wanted to go goes along.
func (s *Site) onward(r *web.Request, stage access.Stage) string {
	if stage == access.StageFull {
		return r.Next(r.URL(s.start(r.Principal)))
	}
	step, known := map[access.Stage]string{
		access.StageCode: pathCode, access.StagePassword: pathNewPassword, access.StageEnrol: pathSecond,
	}[stage]
	if !known {
		step = pathLogIn
	}
	if next := r.Next(""); next != "" {
		return r.URL(step) + "?" + url.Values{"next": {next}}.Encode()
	}
	return r.URL(step)
}

// at tells whether the visitor is at this step; else they are sent to theirs.
func (s *Site) at(r *web.Request, stage access.Stage) (elsewhere web.Reply, here bool) {
	if r.Principal.Stage == stage {
		return web.Reply{}, true
	}
	return web.Redirect(s.onward(r, r.Principal.Stage)), false
}

func (s *Site) logInEmpty(r *web.Request) (web.Reply, error) {
	if r.Principal.Stage != "" {
		return web.Redirect(s.onward(r, r.Principal.Stage)), nil
	}
	return s.logInShown(r, nil)
}

func (s *Site) logInShown(r *web.Request, f *fault.Error) (web.Reply, error) {
	form, err := r.Shown(f)
	page := &entrancePage{Form: form, Next: r.Next(""), Done: s.done(r)}
	page.Title = r.Say(KeyLogInTitle, nil)
	return web.HTML("log_in", page), err
}

// logIn counts the try, compares the password with no transaction open, and makes
// the session. What was refused is written before it is answered.
func (s *Site) logIn(r *web.Request) (web.Reply, error) {
	if err := need(r, "email", KeyNeedEmail, "password", KeyNeedPassword); err != nil {
		return web.Reply{}, err
	}
	var attempt access.Attempt
	err := r.Write(func() (err error) {
		attempt, err = s.gate.Begin(r.Ctx, r.Tx, r.Form.Get("email"), r.Client())
		return err
	})
	if err != nil {
		return web.Reply{}, err
	}
	proof, err := s.gate.Verify(r.Ctx, attempt, r.Form.Get("password"))
	if err != nil {
		return web.Reply{}, err
	}
	var out access.Outcome
	err = r.Write(func() error {
		if out, err = s.gate.LogIn(r.Ctx, r.Tx, proof, r.Device(), r.Token()); err != nil || out.Refusal != nil {
			return err
		}
		// Who has just come in decides where the way leads on.
		r.Principal, err = s.gate.Session(r.Ctx, r.Tx, out.Token)
		return err
	})
	switch {
	case err != nil:
		return web.Reply{}, err
	case out.Refusal != nil:
		return web.Reply{}, out.Refusal
	}
	return web.Redirect(s.onward(r, out.Stage)).SignIn(out.Token), nil
}

// logOut ends the session; whoever has none is signed out already.
func (s *Site) logOut(r *web.Request) (web.Reply, error) {
	reply := web.Redirect(r.URL(pathLogIn) + "?done=log_out").SignOut()
	if r.Principal.SessionID == 0 {
		return reply, nil
	}
	return reply, access.LogOut(r.Ctx, r.Tx, r.Principal)
}

func (s *Site) codeEmpty(r *web.Request) (web.Reply, error) {
	if elsewhere, here := s.at(r, access.StageCode); !here {
		return elsewhere, nil
	}
	return s.codeShown(r, nil)
}

func (s *Site) codeShown(r *web.Request, f *fault.Error) (web.Reply, error) {
	form, err := r.Shown(f)
	page := &entrancePage{Form: form, Next: r.Next("")}
	page.Title = r.Say(KeyCodeTitle, nil)
	return web.HTML("code", page), err
}

// code takes the second step.
func (s *Site) code(r *web.Request) (web.Reply, error) {
	if err := need(r, "code", KeyNeedCode); err != nil {
		return web.Reply{}, err
	}
	var out access.Outcome
	err := r.Write(func() (err error) {
		out, err = s.gate.SecondFactor(r.Ctx, r.Tx, r.Principal, r.Form.Get("code"))
		return err
	})
	switch {
	case access.NeedsSignIn(err):
		return web.Redirect(s.onward(r, r.Principal.Stage)), nil
	case err != nil:
		return web.Reply{}, err
	case out.Refusal != nil:
		return web.Reply{}, out.Refusal
	}
	return web.Redirect(s.onward(r, out.Stage)).SignIn(out.Token), nil
}

// need refuses a form whose fields are empty; they come in pairs of a name and
// what is said about it.
func need(r *web.Request, pairs ...any) error {
	refusal := fault.New(fault.Invalid, KeyNeedForm)
	missing := false
	for i := 0; i+1 < len(pairs); i += 2 {
		name, key := pairs[i].(string), pairs[i+1].(i18n.Key)
		if r.Form.Get(name) == "" {
			refusal, missing = refusal.On(name, string(key)), true
		}
	}
	if !missing {
		return nil
	}
	if len(refusal.Fields) == 1 {
		refusal.Key = refusal.Fields[0].Key
	}
	return refusal
}

// done words what was done on the page before, said once by its address.
func (s *Site) done(r *web.Request) string {
	key, known := doneKeys()[r.Query.Get("done")]
	if !known {
		return ""
	}
	return r.Say(key, nil)
}
