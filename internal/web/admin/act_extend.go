package admin

import (
	"charterhouse/internal/casework"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// extendHint says which date an extension moves, and from when; it fills in the
// arguments.
func extendHint(c *casework.Case, o casework.Offer, args i18n.Args) i18n.Key {
	args["From"], args["Law"] = o.Reach.From(), o.Reach.Law
	switch {
	case o.Reach.Law.IsZero():
		return KeyActExtendOwn
	case !o.Reach.Own.IsZero():
		return KeyActExtendBoth
	case !c.LawVerified:
		return KeyActExtendLawUnverified
	}
	return KeyActExtendLaw
}

// extendTold says how far it may go, what becomes of the date that stays, and what
// the submitter will read.
func extendTold(r *web.Request, c *casework.Case, o casework.Offer) []string {
	var all []string
	tell := func(key i18n.Key, args i18n.Args) { all = append(all, r.Say(key, args)) }
	switch {
	case !o.Latest.IsZero():
		tell(KeyActExtendCap, i18n.Args{"Latest": o.Latest})
	case o.Reach.Law.IsZero() || o.Reach.LawEnds.IsZero():
		tell(KeyActExtendFree, nil)
	default:
		tell(KeyActExtendFreeLaw, i18n.Args{"Latest": o.Reach.LawEnds})
	}
	if o.Reach.Law.IsZero() && !o.Reach.LawEnds.IsZero() {
		tell(KeyActExtendLawStays, i18n.Args{"Law": o.Reach.LawEnds})
	}
	if own := o.Reach.Promise; !own.IsZero() {
		key := KeyActExtendPromise
		if own < r.Today {
			key = KeyActExtendBroken
		}
		tell(key, i18n.Args{"Own": own})
		if !c.LawVerified {
			tell(KeyActExtendHidden, nil)
		}
	}
	tell(KeyActExtendTold, nil)
	return all
}
