package results

// exclusions lists what was left out of a series over a period, by reason. The
// sum of all is the total, against which a single hidden line is protected.
func (t table) exclusions(i Indicator, kind string, p Period) ([]Part, error) {
	left, err := t.leftOut(i, kind, p)
	if err != nil {
		return nil, err
	}
	var total int64
	var parts []Part
	for _, reason := range Reasons() {
		n := left[reason]
		if n == 0 {
			continue
		}
		total += n
		v := Value{State: Shown, Num: n, Den: n}
		if n < Least {
			v = Value{State: Suppressed}
		}
		parts = append(parts, Part{Key: string(reason), Value: v})
	}
	if total >= Least {
		protect(Value{State: Shown, Num: total, Den: total}, parts)
	}
	return parts, nil
}
