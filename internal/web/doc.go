// Package web is the kit the faces are written on: it finds out which
// municipality a request is for and in which language, opens the one read or
// write transaction in that municipality's realm, calls a plain function, and
// turns what it answers (a page, a file, a refusal) into HTTP.
//
// A citizen meets it as the frame round every page: the masthead with the town's
// name and emblem, the switch of languages that stays on the page, the error
// page that says what to do next. An operator meets it as the request log, the
// health addresses and the metrics.
//
// One direction for a request:
//
//	form of the request -> exact Host -> page cache (a hit ends here)
//	-> limits -> gin route -> BEGIN -> handler -> render -> COMMIT -> bytes
//
// Handlers see neither gin nor http.ResponseWriter. A page is a struct that embeds
// Frame, a template of the same name beside the handler, and one line in the
// face's list of routes:
//
//	type reachPage struct {
//		web.Frame
//		Channels []tenant.Channel
//	}
//
//	func (s *Site) reach(r *web.Request) (web.Reply, error) {
//		profile, err := tenant.Export(r.Ctx, r.Tx)
//		if err != nil {
//			return web.Reply{}, err
//		}
//		page := &reachPage{Channels: profile.Channels}
//		page.Title, page.Menu = r.Say(KeyReachTitle, nil), "/reach"
//		return web.HTML("reach", page), nil
//	}
//
// A form has two lines in the list and one function that shows it, empty and
// refused alike; what was typed and the files that came along are kept:
//
//	web.Page("/track/rate", s.rateEmpty),
//	web.Post("/track/rate", s.rateSend, web.Limits{Pace: web.Lookup},
//		web.Refused(s.rate), web.Settled(s.rateStands)),
//
//	func (s *Site) rateSend(r *web.Request) (web.Reply, error) {
//		err := casework.Rate(r.Ctx, r.Tx, r.Actor(), r.Form.Get("code"), r.Form.Get("score"))
//		if err != nil {
//			return web.Reply{}, err // a fault: rolled back, and rate is called with it
//		}
//		return web.HTML("rated", &ratedPage{…}).Secret(), nil
//	}
//
// Its template draws fields with {{template "_field" field .Form "score" …}}, the
// summary of what is to be mended with {{template "_errors" .}}, the nonce with
// {{template "_hidden" .Form}}, waiting files with {{template "_files" .Form}}.
//
// Pages and forms of the staff name the permission that they ask for: Staff,
// Recorded and Action do not compile without one. Who is asking is the first query
// of every transaction; what is refused stands in the audit chain.
//
// The package has no tables;
// it reads the registry of towns once a second through package tenant.
package web
