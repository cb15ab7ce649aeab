package comparison

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
)

func day(t testing.TB, s string) deadline.Date {
	t.Helper()
	d, err := deadline.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// someTowns makes towns of two countries, four regions and three sizes.
func someTowns(t testing.TB, n int) []tenant.Town {
	t.Helper()
	all := make([]tenant.Town, n)
	for i := range all {
		slug := fmt.Sprintf("town-%d", i)
		realm, err := pg.Town(slug)
		if err != nil {
			t.Fatal(err)
		}
		country := []string{"lt", "bg"}[i%2]
		all[i] = tenant.Town{
			Slug: slug, Realm: realm, State: tenant.Active, Country: country, Population: []int{4_000, 30_000, 150_000}[i%3] + i,
			Name: i18n.Text{"en": slug}, ShortName: i18n.Text{"en": slug}, Region: i18n.Text{"en": fmt.Sprintf("%s-%d", country, i/2%2)},
		}
	}
	return all
}

// story is what was counted in a town and month, and what is shown of it.
type story struct {
	towns  []tenant.Town
	months []deadline.Date
	facts  []results.Fact
}

// aStory draws counts that are often too small to be shown.
func aStory(t testing.TB, seed uint64, towns, months int) story {
	r := rand.New(rand.NewPCG(seed, 1))
	s := story{towns: someTowns(t, towns)}
	start := day(t, "2025-01-01")
	for m := range months {
		s.months = append(s.months, start.AddMonths(m))
	}
	for i := range s.towns {
		for _, key := range []results.Indicator{results.OnTimeLaw, results.OnTimeOwn, results.Overdue} {
			var counted []results.Counted
			for _, m := range s.months {
				n := int64(r.IntN(9))
				if i%5 == 0 {
					n = int64(r.IntN(80))
				}
				counted = append(counted, results.Counted{Month: m, Figure: results.Figure{Num: r.Int64N(n + 1), Den: n}})
			}
			for _, v := range results.Show(key == results.Overdue, counted) {
				s.facts = append(s.facts, results.Fact{Tenant: s.towns[i].Realm.Name(), Indicator: key, Month: v.Month, Num: v.Figure.Num, Den: v.Figure.Den})
			}
		}
	}
	return s
}

// read is what the database would give for a period.
func (s story) read(p results.Period) *Data {
	sums := map[string]results.Fact{}
	for _, f := range s.facts {
		if f.Month < p.From || f.Month > p.To || f.Indicator == results.Overdue && f.Month.AddMonths(1) <= p.To {
			continue
		}
		key := f.Tenant + string(f.Indicator)
		sum := sums[key]
		sum.Tenant, sum.Indicator = f.Tenant, f.Indicator
		sum.Num += f.Num
		sum.Den += f.Den
		sums[key] = sum
	}
	var all []results.Fact
	for _, f := range sums {
		all = append(all, f)
	}
	var heads []results.Head
	for _, t := range s.towns {
		heads = append(heads, results.Head{Tenant: t.Realm.Name(), Revision: 1})
	}
	return newData(s.towns, p, all, heads)
}

// view is a filter with a period, as numbers, so that two can be intersected.
type view struct {
	Filter
	from, to int // months
}

func aView(r *rand.Rand, months int) view {
	var v view
	v.Country = []string{"", "lt", "bg"}[r.IntN(3)]
	if r.IntN(2) == 0 {
		v.Region = fmt.Sprintf("%s-%d", []string{"lt", "bg"}[r.IntN(2)], r.IntN(2))
	}
	v.Size = []Size{"", Small, Medium, Large}[r.IntN(4)]
	v.from = r.IntN(months)
	v.to = v.from + r.IntN(months-v.from)
	return v
}

// numbers is every figure that a view shows: of each town, of each class, of all.
func (s story) numbers(v view, i Indicator) map[string]int64 {
	p := results.Period{Kind: results.Rolling, From: s.months[v.from], To: s.months[v.to].AddMonths(1).AddDays(-1)}
	t := s.read(p).Table(i, v.Filter, ByName, "en")
	all := map[string]int64{"all": 0}
	for _, c := range t.Classes {
		all[string(c.Size)] = c.Total.Den
		all["all"] += c.Total.Den
		for _, r := range c.Rows {
			all[r.Town.Slug] = r.Value.Den
		}
	}
	return all
}

// both is the view of what is in each of two views; false when it cannot be asked
// for.
func both(a, b view) (view, bool) {
	v := view{Filter: a.Filter, from: max(a.from, b.from), to: min(a.to, b.to)}
	for _, f := range []struct{ mine, other *string }{{&v.Country, &b.Country}, {&v.Region, &b.Region}, {(*string)(&v.Size), (*string)(&b.Size)}} {
		if *f.mine == "" {
			*f.mine = *f.other
		} else if *f.other != "" && *f.mine != *f.other {
			return v, false
		}
	}
	return v, v.from <= v.to
}

// 10,000 random pairs of views are subtracted from one another, through what they
// have in common: no figure and no difference is one to four cases.
func TestNoPairOfViewsGivesOneToFourCases(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	law, _ := Find(string(results.OnTimeLaw))
	pairs, differences, hidden := 0, 0, 0
	var s story
	few := func(n int64) bool { return n < 0 || n > 0 && n < 5 }
	for pairs < 10_000 {
		if pairs%500 == 0 {
			s = aStory(t, uint64(pairs), 24, 15)
		}
		a, b := aView(r, 15), aView(r, 15)
		pairs++
		x := s.numbers(a, law)
		for what, n := range x {
			if few(n) {
				t.Fatalf("%+v shows %d cases of %s", a, n, what)
			}
			if n == 0 {
				hidden++
			}
		}
		common, ok := both(a, b)
		if !ok {
			continue
		}
		y := s.numbers(common, law)
		for _, whole := range []map[string]int64{x, s.numbers(b, law)} {
			for what, n := range y {
				if _, is := whole[what]; !is {
					continue
				}
				if differences++; few(whole[what] - n) {
					t.Fatalf("%+v and %+v: %s differs by %d", a, b, what, whole[what]-n)
				}
			}
		}
	}
	if differences < 10_000 || hidden == 0 {
		t.Errorf("%d differences, %d hidden: the test tried nothing", differences, hidden)
	}
	t.Logf("%d pairs, %d differences, %d figures not shown", pairs, differences, hidden)
}

// Every share, interval, place and total equals what is computed town by town
// from the facts themselves.
func TestATableEqualsAnIndependentComputation(t *testing.T) {
	law, _ := Find(string(results.OnTimeLaw))
	rapid.Check(t, func(r *rapid.T) {
		s := aStory(t, rapid.Uint64().Draw(r, "seed"), 20, 12)
		v := aView(rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "view"), 3)), 12)
		p := results.Period{Kind: results.Rolling, From: s.months[v.from], To: s.months[v.to].AddMonths(1).AddDays(-1)}
		table := s.read(p).Table(law, v.Filter, ByScore, "en")
		rows := 0
		for _, c := range table.Classes {
			var sum, total int64
			for n, row := range c.Rows {
				rows++
				num, den := s.naive(row.Town, law.Key, v)
				if row.Has != (den > 0) || row.Value.Num != num || row.Value.Den != den {
					r.Fatalf("%s: %+v, and independently %d of %d", row.Town.Slug, row.Value, num, den)
				}
				if !row.Has {
					if row.Why == "" || row.Place != (Place{}) || row.Score != (Score{}) {
						r.Fatalf("a town without data has a figure or no reason: %+v", row)
					}
					continue
				}
				sum, total = sum+num, total+den
				if math.Abs(row.Score.Value-100*float64(num)/float64(den)) > 1e-12 {
					r.Fatalf("%d of %d is %v", num, den, row.Score.Value)
				}
				better, worse, of := 0, 0, 0
				for i := range s.towns {
					o := &s.towns[i]
					if SizeOf(o.Population) != c.Size || v.Country != "" && o.Country != v.Country {
						continue
					}
					on, od := s.naive(o, law.Key, v)
					if od == 0 {
						continue
					}
					of++
					low, high := results.Wilson(on, od)
					if 100*low > row.Score.High {
						better++
					}
					if 100*high < row.Score.Low {
						worse++
					}
				}
				if want := (Place{1 + better, of - worse, of}); row.Place != want {
					r.Fatalf("%s has place %+v, want %+v", row.Town.Slug, row.Place, want)
				}
				if n > 0 && c.Rows[n-1].Has && c.Rows[n-1].Score.Value < row.Score.Value {
					r.Fatalf("row %d is better than the one before", n)
				}
				if n > 0 && c.Rows[n-1].Band > row.Band {
					r.Fatalf("the bands fall: %d after %d", row.Band, c.Rows[n-1].Band)
				}
			}
			if c.Total.Num != sum || c.Total.Den != total {
				r.Fatalf("the total is %d of %d, want %d of %d", c.Total.Num, c.Total.Den, sum, total)
			}
		}
		if rows != table.Towns {
			r.Fatalf("%d rows of %d towns", rows, table.Towns)
		}
	})
}

// naive adds up the facts of a town.
func (s story) naive(t *tenant.Town, key results.Indicator, v view) (num, den int64) {
	for _, f := range s.facts {
		for m := v.from; m <= v.to; m++ {
			if f.Tenant == t.Realm.Name() && f.Indicator == key && f.Month == s.months[m] {
				num, den = num+f.Num, den+f.Den
			}
		}
	}
	return num, den
}

func TestAStricterPromiseDoesNotLowerTheLaw(t *testing.T) {
	towns := someTowns(t, 6)
	fact := func(n int, key results.Indicator, num, den int64) results.Fact {
		return results.Fact{Tenant: towns[n].Realm.Name(), Indicator: key, Num: num, Den: den}
	}
	p := results.RollingTo(day(t, "2026-10-01"))
	d := newData(towns, p, []results.Fact{
		fact(0, results.OnTimeLaw, 97, 100), fact(0, results.OnTimeOwn, 50, 100), fact(0, results.Finished, 100, 100),
		fact(3, results.Finished, 40, 40),
	}, []results.Head{{Tenant: towns[0].Realm.Name()}, {Tenant: towns[3].Realm.Name()}})
	law, _ := Find("on_time_law")
	for _, c := range d.Table(law, Filter{}, ByScore, "en").Classes {
		for _, r := range c.Rows {
			switch r.Town.Slug {
			case "town-0":
				if r.Score.Value != 97 || r.Own.Num != 50 {
					t.Errorf("the columns are not apart: %+v", r)
				}
			case "town-3":
				if r.Has || r.Why != KeyWhyLaw {
					t.Errorf("no confirmed legal term: %+v", r)
				}
			default:
				if r.Has || r.Why != KeyWhyNotJoined || r.Value.State != results.NoData {
					t.Errorf("%s has not joined: %+v", r.Town.Slug, r)
				}
			}
		}
	}
	if profile, ok := d.Profile("town-0"); !ok || len(profile.Lines) != len(Indicators()) || profile.Lines[0].Score.Value != 97 || len(profile.Peers) != 0 {
		t.Errorf("the profile: %+v", profile)
	}
	if _, ok := d.Profile("nowhere"); ok {
		t.Error("a profile of nowhere")
	}
}

func TestBandsAndPlacesOfKnownFigures(t *testing.T) {
	law, _ := Find("on_time_law")
	rows := make([]Row, 0, 5)
	for _, c := range [][2]int64{{3011, 3104}, {4571, 4812}, {633, 688}, {2370, 2604}, {0, 0}} {
		v := results.Value{State: results.Shown, Num: c[0], Den: c[1]}
		if c[1] == 0 {
			v = results.Value{State: results.Suppressed}
		}
		r := Row{Value: v}
		r.Score, r.Has = law.score(v, 1, 12)
		rows = append(rows, r)
	}
	place(law, rows)
	bands(law, rows)
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprintf("%d–%d/%d %d", r.Place.From, r.Place.To, r.Place.Of, r.Band))
	}
	if want := []string{"1–1/4 1", "2–2/4 2", "3–4/4 3", "3–4/4 3", "0–0/0 0"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A median has its interval by ranks: n = 11 gives the second and the tenth value.
func TestTheMedianHasItsInterval(t *testing.T) {
	days, _ := Find("first_answer")
	s, err := results.ParseSpread("1:1,2:1,3:1,4:1,5:1,6:1,7:1,8:1,9:1,10:1,11:1")
	if err != nil {
		t.Fatal(err)
	}
	got, ok := days.score(results.Value{State: results.Shown, Num: 66, Den: 11, Spread: s}, 0, 12)
	if want := (Score{Value: 6, Low: 2, High: 10, N: 11}); !ok || got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if days.surely(Score{High: 3}, Score{Low: 3}) || !days.surely(Score{High: 3}, Score{Low: 4}) {
		t.Error("fewer days are better, and those that touch are not told apart")
	}
}

// Five equal ratings say little. The intervals are those of Wilson's score for a
// share of (mean - 1) / 4, computed by hand: 5/(5+z²) is 0.56552, z²/(5+z²) is
// 0.43448; 15 and 17 of 20 have the published 0.5313 to 0.8881 and 0.6396 to 0.9476.
func TestAFewEqualRatingsAreNotCertain(t *testing.T) {
	rating, _ := Find(string(results.Satisfaction))
	for spread, want := range map[string]Score{
		"5:5":           {Value: 5, Low: 3.2621, High: 5, N: 5},
		"1:5":           {Value: 1, Low: 1, High: 2.7379, N: 5},
		"1:2,3:2,5:16":  {Value: 4.4, Low: 3.5583, High: 4.7905, N: 20},
		"3:6,4:8,5:6":   {Value: 4, Low: 3.1252, High: 4.5526, N: 20},
		"4:200000":      {Value: 4, Low: 3.9924, High: 4.0076, N: 200000},
		"5:200,4:1,3:1": {Value: 1007.0 / 202, Low: 4.8983, High: 4.9979, N: 202},
	} {
		s, err := results.ParseSpread(spread)
		if err != nil {
			t.Fatal(err)
		}
		v := results.Value{State: results.Shown, Den: s.Count(), Spread: s}
		for _, e := range s {
			v.Num += e.Value * e.Count
		}
		got, ok := rating.score(v, 0, 12)
		if !ok || math.Abs(got.Value-want.Value) > 1e-9 || math.Abs(got.Low-want.Low) > 0.0001 || math.Abs(got.High-want.High) > 0.0001 || got.N != want.N {
			t.Errorf("%s: %+v, want %+v", spread, got, want)
		}
	}
	few, _ := results.ParseSpread("5:5")
	many, _ := results.ParseSpread("4:30,5:170")
	a, _ := rating.score(results.Value{State: results.Shown, Num: 25, Den: 5, Spread: few}, 0, 12)
	b, _ := rating.score(results.Value{State: results.Shown, Num: 970, Den: 200, Spread: many}, 0, 12)
	rows := []Row{{Has: true, Score: a}, {Has: true, Score: b}}
	place(rating, rows)
	if rating.surely(a, b) || rows[0].Place != (Place{1, 2, 2}) {
		t.Errorf("five ratings rank for certain before two hundred: %+v", rows)
	}
}

func TestTrendAndDistribution(t *testing.T) {
	law, _ := Find("on_time_law")
	s := aStory(t, 5, 12, 12)
	p := results.Period{Kind: results.Rolling, From: s.months[0], To: s.months[11]}
	var facts []results.Fact
	for _, f := range s.facts {
		if f.Indicator == law.Key {
			facts = append(facts, f)
		}
	}
	var kept []*tenant.Town
	for i := range s.towns {
		if s.towns[i].Country == "lt" {
			kept = append(kept, &s.towns[i])
		}
	}
	trend := trend(kept, law, p, facts)
	for n, point := range trend.Points {
		var num, den int64
		for i := range s.towns {
			if s.towns[i].Country == "lt" {
				a, b := s.naive(&s.towns[i], law.Key, view{from: n, to: n})
				num, den = num+a, den+b
			}
		}
		if point.Total.Num != num || point.Total.Den != den || point.Has != (den > 0) || den > 0 && den < 5 {
			t.Errorf("%s: %+v, want %d of %d", point.Month, point, num, den)
		}
	}
	table := s.read(p).Table(law, Filter{}, ByScore, "en")
	d := table.Distribution()
	sum := 0
	for _, b := range d.Bins {
		sum += b.Towns
	}
	if sum != table.Reporting || d.Towns != sum || sum == 0 || d.Quartiles[0] > d.Quartiles[1] || d.Quartiles[1] > d.Quartiles[2] {
		t.Errorf("%d of %d towns in %+v", sum, table.Reporting, d)
	}
	var out bytes.Buffer
	if err := table.Sheet(plain).CSV(&out, "en"); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(out.String(), "\r\n"); lines != table.Towns+1 || strings.Contains(out.String(), ",0,,") {
		t.Errorf("%d lines for %d towns", lines, table.Towns)
	}
	for _, sheet := range []results.Sheet{table.Sheet(plain), trend.Sheet()} {
		for _, row := range sheet.Rows {
			if len(row) != len(sheet.Columns) {
				t.Fatalf("%s: %d cells under %d columns", sheet.Name, len(row), len(sheet.Columns))
			}
		}
	}
}

// A month that is shown with the two before it is the volume of three months: a
// small town is not three times as busy.
func TestAVolumeIsDividedByTheMonthsItCovers(t *testing.T) {
	volume, _ := Find(string(results.Received))
	towns := someTowns(t, 4)
	towns[0].Population, towns[3].Population = 4_000, 4_000 // of one class
	march := day(t, "2026-03-01")
	facts := []results.Fact{
		{Tenant: towns[0].Realm.Name(), Indicator: volume.Key, Month: march, Since: day(t, "2026-01-01"), Num: 6, Den: 6},
		{Tenant: towns[3].Realm.Name(), Indicator: volume.Key, Month: march, Since: march, Num: 10, Den: 10},
	}
	// 6 of 4,000 inhabitants in three months are 6 a year and 1,000; 10 in one are 30.
	points := trend([]*tenant.Town{&towns[0], &towns[3]}, volume, results.MonthOf(march), facts).Points
	if len(points) != 1 || points[0].Median != 18 || math.Abs(points[0].Score.Value-12) > 1e-9 { // 16 in 16,000 inhabitant months
		t.Errorf("the month: %+v", points)
	}
	d := newData(towns, results.MonthOf(march), facts, nil)
	for slug, want := range map[string]float64{"town-0": 6, "town-3": 30} {
		for _, row := range d.rows(volume, Filter{}) {
			if row.Town.Slug == slug && math.Abs(row.Score.Value-want) > 1e-9 {
				t.Errorf("%s has %v a year and 1,000, want %v", slug, row.Score.Value, want)
			}
		}
	}
	wide := newData(towns, results.RollingTo(march), facts, nil)
	for _, row := range wide.rows(volume, Filter{}) {
		if row.Town.Slug == "town-0" && math.Abs(row.Score.Value-1.5) > 1e-9 {
			t.Errorf("a period that holds all three months is its own length: %v", row.Score.Value)
		}
	}
}

// BenchmarkTableOf325 is the computation behind a page, without the database.
func BenchmarkTableOf325(b *testing.B) {
	s := aStory(b, 1, 325, 12)
	p := results.Period{Kind: results.Rolling, From: s.months[0], To: s.months[11].AddMonths(1).AddDays(-1)}
	law, _ := Find("on_time_law")
	d := s.read(p)
	for b.Loop() {
		if t := d.Table(law, Filter{}, ByScore, "en"); t.Towns != 325 {
			b.Fatal(t.Towns)
		}
	}
}

// plain says a key as it is.
func plain(key i18n.Key) string { return string(key) }
