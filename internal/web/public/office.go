package public

import (
	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/web"
)

// office is what the pages must know of the town whose site this is, as it stood
// under a revision of it.
type office struct {
	*casework.Town
	revision int64
	since    map[string]deadline.Date // when each promise was made
	told     tellings
}

// office gives that of the request's town. It is read once for each revision:
// whoever files is promised what the page has said.
func (s *Site) office(r *web.Request) (*office, error) {
	if have, ok := s.offices.Load(r.Town.ID); ok && have.(*office).revision == r.Town.Revision {
		return have.(*office), nil
	}
	o := &office{revision: r.Town.Revision}
	var err error
	if o.Town, err = s.desk.Read(r.Ctx, r.Tx); err != nil {
		return nil, err
	}
	if o.since, err = charter.Since(r.Ctx, r.Tx, r.Town.Zone); err != nil {
		return nil, err
	}
	s.offices.Store(r.Town.ID, o)
	return o, nil
}

// takes tells whether the town takes cases of the kind.
func takes(t *office, kind string) bool {
	_, has := t.Rules.Kinds[kind]
	return has
}

// kindsOf lists the kinds that the town takes, in the order in which a citizen
// meets them.
func kindsOf(t *office) (kinds []string) {
	for _, kind := range casework.Kinds() {
		if takes(t, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}
