package public

import (
	"charterhouse/internal/casework"
	"charterhouse/internal/web"
)

// office is a town's casework as it was read under a revision of the town.
type office struct {
	revision int64
	town     *casework.Town
}

// office gives what the verbs must know of the town. It is read once for each
// revision: whoever files is promised what the page has said.
func (s *Site) office(r *web.Request) (*casework.Town, error) {
	if have, ok := s.offices.Load(r.Town.ID); ok && have.(office).revision == r.Town.Revision {
		return have.(office).town, nil
	}
	town, err := s.desk.Read(r.Ctx, r.Tx)
	if err != nil {
		return nil, err
	}
	s.offices.Store(r.Town.ID, office{r.Town.Revision, town})
	return town, nil
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
