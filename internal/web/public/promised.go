package public

import (
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// promised is by when a case is answered, as its sender is told: the town's own
// promise, the law's date where it is verified, and why.
type promised struct {
	// Main is the date that binds the town first; nil where none can be named.
	Main *dueResult
	// Law is the legal date beside a promise of the town's own; nil where there is
	// none, or it is not verified.
	Law *dueResult
	// NoTerm: the kind is passed on, and nobody waits for an answer.
	NoTerm bool
	// Unverified: there is a legal term that nobody has confirmed, so no date of it
	// is shown.
	Unverified bool
	// OwnNote is what the town says of its own promise.
	OwnNote i18n.Text
	// Extends: the rule allows a longer term, with notice.
	Extends bool
	// Charter is the version that the promise rests on; 0 = none.
	Charter int64
}

// promisedBy words what a case keeps, or would keep.
func promisedBy(r *web.Request, pin casework.Pin) promised {
	kind := pin.Rule.Kind
	p := promised{
		NoTerm: kind.NoTerm, Extends: pin.Rule.OwnExtension || pin.Rule.LawExtension != nil, Charter: pin.Charter,
		Unverified: kind.Law != nil && !kind.Law.Verified,
	}
	if kind.Own != nil {
		p.OwnNote = kind.Own.Note
	}
	law := lawful(r, pin)
	if pin.Own == nil || pin.Own.Due().IsZero() {
		p.Main = law
		return p
	}
	own := explained(r, "own", p.OwnNote, pin.Own.Explain)
	p.Main, p.Law = &own, law
	return p
}

// lawful is the legal date with the way to it; nil where none may be shown.
func lawful(r *web.Request, pin casework.Pin) *dueResult {
	if pin.Law == nil || pin.Law.Due().IsZero() || pin.Rule.Kind.Law == nil || !pin.Rule.Kind.Law.Verified {
		return nil
	}
	law := explained(r, "law", pin.Rule.Kind.Law.Basis, pin.Law.Explain)
	return &law
}

// Due is the date that binds first; zero where none can be named.
func (p promised) Due() deadline.Date {
	if p.Main == nil {
		return 0
	}
	return p.Main.Due
}
