package casework

import (
	"context"
	"encoding/json"
	"fmt"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
)

// Officer is whoever handles cases for the town.
type Officer struct {
	audit.Actor       // in the chain
	User        int64 // number of the account; 0 = none, as for an operator
	// Confidential cases of others are open to them.
	Confidential bool
}

// OfficerOf is who is signed in, as casework knows them. Who may handle no cases is
// nobody's handler: a confidential one that they had is closed to them with the
// role, before it is given to somebody else.
func OfficerOf(p access.Principal) Officer {
	o := Officer{Actor: p.Actor, Confidential: p.Can(access.CaseReadConfidential)}
	if p.Can(access.CaseHandle) {
		o.User = p.User
	}
	return o
}

// sees is the one answer to whether an officer may read a case: its page, its text
// in a list and in a search, its files, its letters and who sent it. That there is
// such a case, its number, kind and dates, every list and counter of the desk shows.
func (o Officer) sees(confidential bool, assignee int64) bool {
	return !confidential || o.Confidential || assignee == o.User && o.User != 0
}

// seen is sees in a query, where $1 is the officer's User and $2 Confidential. A
// test holds the two to one answer.
const seen = `(NOT c.confidential OR $2 OR c.assignee = $1 AND $1 <> 0)`

// Hidden gives those of the numbers whose cases the officer may not read: for what
// is listed beside cases and says something of them. A number that is no case's is
// not hidden.
func Hidden(ctx context.Context, tx *pg.Tx, who Officer, numbers []string) (map[string]bool, error) {
	wanted := []Number{}
	for _, typed := range numbers {
		if n, ok := ParseNumber(typed); ok {
			wanted = append(wanted, n)
		}
	}
	list, err := json.Marshal(wanted)
	if err != nil {
		return nil, fmt.Errorf("casework: %w", err)
	}
	var found []string
	err = tx.Select(ctx, &found, `SELECT c.number FROM jsonb_to_recordset($3::jsonb) AS n("Year" int, "Seq" int)
		JOIN cases c ON c.year = n."Year" AND c.seq = n."Seq" WHERE NOT `+seen, who.User, who.Confidential, string(list))
	if err != nil {
		return nil, fmt.Errorf("casework: which of these are hidden: %w", err)
	}
	hidden := map[string]bool{}
	for _, number := range found {
		hidden[number] = true
	}
	return hidden, nil
}
