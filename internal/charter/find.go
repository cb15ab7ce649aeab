package charter

// Place is where a commitment stands in the document.
type Place struct {
	Section    *Section
	Group      *Group
	Commitment *Commitment
	Number     int // from 1, within its section
}

// Expected tells that it is what the town expects of residents and no promise.
func (p Place) Expected() bool { return p.Group.Expectation }

// Places lists the commitments in the town's order.
func (d *Document) Places() []Place {
	var all []Place
	for i := range d.Sections {
		s := &d.Sections[i]
		n := 0
		for j := range s.Groups {
			g := &s.Groups[j]
			for k := range g.Commitments {
				n++
				all = append(all, Place{Section: s, Group: g, Commitment: &g.Commitments[k], Number: n})
			}
		}
	}
	return all
}

// Find gives the place of the commitment with this key.
func (d *Document) Find(key string) (Place, bool) {
	for _, p := range d.Places() {
		if p.Commitment.Key == key {
			return p, true
		}
	}
	return Place{}, false
}

// Mutual tells whether residents or organisations promise something too.
func (d *Document) Mutual() bool {
	for _, p := range d.Places() {
		if p.Group.Promisor == Residents && !p.Expected() {
			return true
		}
	}
	return false
}
