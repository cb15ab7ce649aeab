package public

import (
	"html/template"
	"sync"

	"charterhouse/internal/casework"
	"charterhouse/internal/web"
)

// telling is how a promise is told in one language by one part of a page: the date
// and every step and day of the way to it.
type telling struct {
	promised
	Drawn template.HTML
}

// toldKey: of a Town's pins those with the same dates are the same promise.
type toldKey struct {
	part, lang, kind string
	own, law         *casework.Dated
}

// mostTold bounds what an office remembers: on a day there are the kinds in each
// language, before and after hours.
const mostTold = 64

// tellings are those of an office. All who ask about a kind on one day are told
// the same, and most of what a form and a receipt take to draw is this.
type tellings struct {
	mu    sync.Mutex
	known map[toldKey]telling
}

// tell draws what a pin of the office's Town promises, by a part of the face's
// pages.
func (o *office) tell(r *web.Request, part, kind string, pin casework.Pin) (telling, error) {
	key := toldKey{part, r.Lang, kind, pin.Own, pin.Law}
	if t, known := o.told.get(key); known {
		return t, nil
	}
	t, err := tellAnew(r, part, kind, pin)
	if err == nil {
		o.told.put(key, t)
	}
	return t, err
}

// tellAnew is tell without memory.
func tellAnew(r *web.Request, part, _ string, pin casework.Pin) (telling, error) {
	t := telling{promised: promisedBy(r, pin)}
	var err error
	t.Drawn, err = r.Fragment(part, t.promised)
	return t, err
}

func (k *tellings) get(key toldKey) (telling, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	t, known := k.known[key]
	return t, known
}

func (k *tellings) put(key toldKey, t telling) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.known == nil || len(k.known) >= mostTold {
		k.known = map[toldKey]telling{}
	}
	k.known[key] = t
}
