package casework

import (
	"context"

	"charterhouse/internal/pg"
)

// Declining says why a case is not examined.
type Declining struct {
	Ground string // key of one of the grounds of the case's rule
	// Explained says it in the desk's own words; empty = the ground says enough.
	Explained string
}

// Decline leaves a case unexamined and tells the submitter the ground and where
// to turn. It refuses (Invalid) a ground that the rule of the case does not have,
// and that of an anonymous case where somebody has given a name.
func (t *Town) Decline(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, d Declining) error {
	s, err := t.begin(ctx, tx, who, ref, ToDecline)
	if err != nil {
		return err
	}
	return s.decline(ctx, d)
}

func (s *step) decline(ctx context.Context, d Declining) error {
	pin, err := PinOf(ctx, s.tx, s.c)
	if err != nil {
		return err
	}
	var in input
	ground, ok := pin.Rule.ground(d.Ground)
	switch {
	case !ok:
		in.refuse("ground", KeyNeedGround, nil)
	case !s.c.mayFallFor(ground):
		in.refuse("ground", KeyGroundNamed, nil)
	}
	in.text("explained", &d.Explained, maxReason, "")
	if err := in.err(); err != nil {
		return err
	}
	if err := s.endWaiting(ctx); err != nil {
		return err
	}
	person, err := personOf(ctx, s.tx, s.c)
	if err != nil {
		return err
	}
	s.c.Ground = ground.Key
	facts := Facts{Ground: ground.Key, Notice: person.notice()}
	if err := s.finish(ctx, true, facts, written{part: PartReasons, body: d.Explained}); err != nil {
		return err
	}
	return s.tell(ctx, person, letterDeclined(s.c, pin, ground, d.Explained))
}

// Grounds lists those for which the case may be declined, in the order of its rule.
func (c *Case) Grounds(p Pin) []Ground {
	var all []Ground
	for _, g := range p.Rule.Grounds {
		if c.mayFallFor(g) {
			all = append(all, g)
		}
	}
	return all
}

func (c *Case) mayFallFor(g Ground) bool { return c.Anonymous || g.Key != groundAnonymous }

func (p Pinned) ground(key string) (Ground, bool) {
	for _, g := range p.Grounds {
		if g.Key == key {
			return g, true
		}
	}
	return Ground{}, false
}
