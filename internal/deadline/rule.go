package deadline

// Rule is one line of a country's list of public holidays, as a pack writes it.
//
//	fixed:   {rule: fixed, month: 1, day: 1}
//	nth:     {rule: nth, month: 5, weekday: sunday, nth: 1}
//	western: {rule: western_easter, offset: 1}
//	eastern: {rule: eastern_easter, offset: -2}
type Rule struct {
	Key     string            `yaml:"key" json:"key"`
	Rule    string            `yaml:"rule" json:"rule"`
	Month   int               `yaml:"month,omitempty" json:"month,omitempty"`
	Day     int               `yaml:"day,omitempty" json:"day,omitempty"`
	Weekday string            `yaml:"weekday,omitempty" json:"weekday,omitempty"`
	Nth     int               `yaml:"nth,omitempty" json:"nth,omitempty"`
	Offset  int               `yaml:"offset,omitempty" json:"offset,omitempty"`
	From    int               `yaml:"from,omitempty" json:"from,omitempty"`   // first year, 0 = always
	Until   int               `yaml:"until,omitempty" json:"until,omitempty"` // last year, 0 = still
	Name    map[string]string `yaml:"name" json:"name"`
	// Substitute: from this year on, a holiday on a Saturday or Sunday moves to the
	// next working day that is no holiday itself; 0 = never.
	Substitute int    `yaml:"substitute,omitempty" json:"substitute,omitempty"`
	Basis      string `yaml:"basis,omitempty" json:"basis,omitempty"`
}
