package comparison

import (
	"cmp"
	"slices"

	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
)

// order sorts the rows of a class.
func order(rows []Row, i Indicator, by Order, lang string) {
	collate := i18n.Collate(lang)
	slices.SortStableFunc(rows, func(a, b Row) int {
		if a.Has != b.Has && by != ByName && by != BySize {
			if a.Has {
				return -1
			}
			return 1
		}
		if c := a.against(b, i, by); c != 0 {
			return c
		}
		return collate(a.name(lang), b.name(lang))
	})
}

func (r Row) name(lang string) string {
	name, _ := r.Town.ShortName.In(lang)
	return name
}

func (r Row) against(o Row, i Indicator, by Order) int {
	switch by {
	case ByName:
		return 0
	case BySize:
		return cmp.Compare(o.Town.Population, r.Town.Population)
	case ByCases:
		return cmp.Compare(o.Score.N, r.Score.N)
	case ByOwn:
		return cmp.Compare(share(o.Own), share(r.Own))
	case ByScoreWorst:
		if r.Has && o.Has {
			return i.first(o.Score, r.Score)
		}
		return 0
	}
	if r.Has && o.Has {
		return i.first(r.Score, o.Score)
	}
	return 0
}

// share of a figure for sorting: whoever promises nothing comes last.
func share(v results.Value) float64 {
	s, ok := v.Share()
	if !ok {
		return -1
	}
	return s
}
