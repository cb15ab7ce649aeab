package admin

import (
	"net/url"

	"charterhouse/internal/casework"
	"charterhouse/internal/web"
)

// views is the column with the daily lists and how many cases each holds. It
// stands beside lists and cases; other rooms link to the first list only.
func (s *Site) views(r *web.Request, t *casework.Town, current string) (*side, error) {
	n, err := t.Counters(r.Ctx, r.Tx, officer(r))
	if err != nil {
		return nil, err
	}
	counts := map[string]casework.Count{
		viewOpen: n.Open, viewMine: n.Mine, viewOverdue: n.Overdue, viewToday: n.Today, viewSoon: n.Soon,
		viewWaiting: n.Waiting, viewUnassigned: n.Unassigned,
	}
	column := &side{}
	for _, v := range viewTitles() {
		item := sideItem{Label: r.Say(v.Key, nil), URL: r.URL(pathCases), Current: v.View == current, Due: v.View == viewOverdue}
		if v.View != viewOpen {
			item.URL = listPath(r, url.Values{"view": {v.View}})
		}
		if count := counts[v.View]; count > 0 {
			item.Count, item.Most = int(count), count.Most()
		}
		column.Views = append(column.Views, item)
	}
	return column, nil
}
