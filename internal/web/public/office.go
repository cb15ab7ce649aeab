package public

import (
	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/web"
)

// office is a town as it was read under a revision of it.
type office struct {
	revision int64
	town     *casework.Town
	since    map[string]deadline.Date // when each promise was made
}

// read gives the office of the request's town. It is read once for each revision:
// whoever files is promised what the page has said.
func (s *Site) read(r *web.Request) (office, error) {
	if have, ok := s.offices.Load(r.Town.ID); ok && have.(office).revision == r.Town.Revision {
		return have.(office), nil
	}
	o := office{revision: r.Town.Revision}
	var err error
	if o.town, err = s.desk.Read(r.Ctx, r.Tx); err != nil {
		return o, err
	}
	if o.since, err = charter.Since(r.Ctx, r.Tx, r.Town.Zone); err != nil {
		return o, err
	}
	s.offices.Store(r.Town.ID, o)
	return o, nil
}

// office gives what the verbs must know of the town.
func (s *Site) office(r *web.Request) (*casework.Town, error) {
	o, err := s.read(r)
	return o.town, err
}

// takes tells whether the town takes cases of the kind.
func takes(t *casework.Town, kind string) bool {
	_, has := t.Rules.Kinds[kind]
	return has
}

// kindsOf lists the kinds that the town takes, in the order in which a citizen
// meets them.
func kindsOf(t *casework.Town) (kinds []string) {
	for _, kind := range casework.Kinds() {
		if takes(t, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}
