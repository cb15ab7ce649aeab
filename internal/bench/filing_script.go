package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// script is one filing for pgbench, as the recorder heard it: the same statements
// with the same parameters, which pgbench is given as variables. What must differ
// from filing to filing the database computes, from what it returned or from a
// random number:
//
//   - numbers that a statement returned and a later one contains: the counters
//     were set to figures that occur nowhere else (see strikingCounters);
//   - the two hashes of a receipt and the Message-ID of a letter, which are unique.
type script struct {
	prefix string // of its variables
	text   strings.Builder
	given  []variable // to pgbench
	known  []variable // from the statements so far
}

type variable struct{ name, value string }

// striking tells whether a returned value is one of the counters.
var striking = regexp.MustCompile(`^[0-9]{8}$`)

// newScript writes down what was heard. Scripts that run together need variables
// of their own.
func newScript(prefix string, heard []*statement) (*script, error) {
	s := &script{prefix: prefix}
	s.text.WriteString("\\set r random(1, 9223372036854775807)\n")
	for i, h := range heard {
		if h.simple {
			s.several(h.sql)
			continue
		}
		if err := s.write(h); err != nil {
			return nil, err
		}
		returned, found := fmt.Sprintf("%s_s%d_", prefix, i), false
		for column, value := range h.row {
			if striking.MatchString(value) {
				found = true
				s.known = append(s.known, variable{returned + column, value})
			}
		}
		if found {
			s.text.WriteString(" \\gset " + returned + "\n")
		} else {
			s.text.WriteString(";\n")
		}
	}
	return s, nil
}

// several writes what the door sends as one message, such as the opening of a
// transaction, as a pipeline: one round trip too.
func (s *script) several(sql string) {
	parts := strings.Split(sql, ";")
	if len(parts) > 1 {
		s.text.WriteString("\\startpipeline\n")
	}
	for _, p := range parts {
		s.text.WriteString(p + ";\n")
	}
	if len(parts) > 1 {
		s.text.WriteString("\\endpipeline\n")
	}
}

var (
	placeholder = regexp.MustCompile(`\$[0-9]+`)
	inserted    = regexp.MustCompile(`^INSERT INTO ([a-z_]+)`)
	spaces      = regexp.MustCompile(`\s+`)
)

// write writes one statement, with variables for its parameters.
func (s *script) write(h *statement) error {
	table := ""
	if m := inserted.FindStringSubmatch(h.sql); m != nil {
		table = m[1]
	}
	var fault error
	s.text.WriteString(placeholder.ReplaceAllStringFunc(spaces.ReplaceAllString(h.sql, " "), func(at string) string {
		n, err := strconv.Atoi(at[1:])
		if err != nil || n < 1 || n > len(h.params) {
			fault = fmt.Errorf("the statement has no parameter %s: %s", at, h.sql)
			return at
		}
		return s.operand(table, n, h.params[n-1])
	}))
	return fault
}

// operand writes one parameter.
func (s *script) operand(table string, n int, p parameter) string {
	switch {
	case p.null:
		return "NULL"
	case p.binary && table == "case_receipts":
		return fmt.Sprintf("sha256(int8send(CAST(:r AS bigint) - %d))", n)
	case p.binary:
		return s.give(fmt.Sprintf(`\x%x`, p.text))
	case table == "mails" && n == 1: // Message-ID
		local, domain, _ := strings.Cut(p.text, "@")
		return fmt.Sprintf("lpad(CAST(:r AS text), %d, '0') || %s", len(local), s.give("@"+domain))
	}
	for _, v := range s.known {
		number, err := strconv.ParseInt(v.value, 10, 64)
		switch {
		case p.text == v.value:
			return ":" + v.name
		case err == nil && p.text == strconv.FormatInt(number+1, 10):
			return "CAST(:" + v.name + " AS bigint) + 1"
		}
	}
	return s.composed(p.text)
}

// composed writes a text, with the variables for the numbers that stand in it.
func (s *script) composed(text string) string {
	var parts []string
	for rest := text; rest != "" || parts == nil; {
		at, found := len(rest), variable{}
		for _, v := range s.known {
			if i := strings.Index(rest, v.value); i >= 0 && i < at {
				at, found = i, v
			}
		}
		if at > 0 || text == "" {
			parts = append(parts, s.give(rest[:at]))
		}
		if found.name != "" {
			parts = append(parts, "CAST(:"+found.name+" AS text)")
		}
		rest = rest[at+len(found.value):]
	}
	if len(parts) == 1 {
		return parts[0]
	}
	whole := "(" + strings.Join(parts, " || ") + ")"
	if strings.HasPrefix(text, "{") {
		whole += "::jsonb" // as jobs.args has it; a text does not become it by itself
	}
	return whole
}

// give gives pgbench a variable with the value, and returns it as an operand.
func (s *script) give(value string) string {
	if value == "" {
		return "''" // pgbench takes no empty variable
	}
	v := variable{fmt.Sprintf("%s_p%d", s.prefix, len(s.given)), value}
	s.given = append(s.given, v)
	return ":" + v.name
}
