package public

import (
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// extended tells of an extension in the timeline: what was put off, and what
// became of the town's own promise where it was not.
func (p *casePage) extended(r *web.Request, e casework.Event, h *happening) {
	h.Class = "moved"
	own := e.Facts.Unmoved()
	h.Title = r.Say(extendedKey(!own.IsZero(), p.Case.LawVerified), i18n.Args{"Final": e.Facts.Final})
	if own.IsZero() {
		return
	}
	key := KeyCasePromiseStands
	if own < deadline.Of(e.At, r.Town.Zone) {
		key = KeyCasePromiseBroken
	}
	h.Lines = append(h.Lines, r.Say(key, i18n.Args{"Own": own}))
}

// extendedKey says what an extension has put off. Where the town's promise stays
// and the legal date is not public, that is the day of the answer and no limit.
func extendedKey(unmoved, lawful bool) i18n.Key {
	switch {
	case !unmoved:
		return KeyCaseExtendedTo
	case lawful:
		return KeyCaseLawExtendedTo
	}
	return KeyCaseAnswerTo
}

// putOff tells by when the answer comes since an extension that has moved nothing
// a citizen can see: the promise, if there is one, stays, and the legal date, which
// the extension has moved, is not public.
func putOff(r *web.Request, c *casework.Case, promised bool) string {
	if !c.State.Open() || c.Stopped {
		return ""
	}
	key := KeyCasePutOff
	switch {
	case c.LawDue < r.Today:
		key = KeyCasePutOffPassed
	case promised:
		key = KeyCasePutOffPromise
	}
	return r.Say(key, i18n.Args{"Date": c.LawDue})
}
