package pg_test

import (
	"errors"
	"fmt"
	"testing"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"

	"github.com/lib/pq"
)

func TestConstraintNamesWhatWasBroken(t *testing.T) {
	cases := []struct {
		name string
		err  error
		want string
	}{
		{"field", &pq.Error{Code: "23505", Constraint: "domains_pk"}, "domains_pk"},
		{"wrapped", fmt.Errorf("x: %w", &pq.Error{Code: "23503", Constraint: "domains_tenant_fk"}), "domains_tenant_fk"},
		{"field with a shard", &pq.Error{Code: "23505", Constraint: "cases_nonce_key_102008"}, "cases_nonce_key"},
		{"message", &pq.Error{Code: "23505", Message: `duplicate key value violates unique constraint "cases_nonce_key_102008"`}, "cases_nonce_key"},
		{"last quoted name", &pq.Error{Code: "23514", Message: `new row for relation "rules_102" violates check constraint "rules_origin_ck"`}, "rules_origin_ck"},
		{"no name", &pq.Error{Code: "23502", Message: `null value`}, ""},
		{"half a name", &pq.Error{Code: "23502", Message: `null "value`}, ""},
		{"another class", &pq.Error{Code: "42P01", Message: `relation "rules" does not exist`}, ""},
		{"no database error", errors.New(`"x"`), ""},
		{"none", nil, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := pg.Constraint(c.err); got != c.want || ok != (c.want != "") {
				t.Errorf("Constraint = %q, %v; want %q", got, ok, c.want)
			}
		})
	}
}

func TestRefusedTurnsANamedConstraintIntoAFault(t *testing.T) {
	taken := fault.New(fault.Conflict, "domain_taken")
	refusals := map[string]*fault.Error{"domains_pk": taken}
	known := &pq.Error{Code: "23505", Constraint: "domains_pk"}
	if err := pg.Refused(known, refusals); !fault.Is(err, fault.Conflict) {
		t.Errorf("a known constraint gives %v", err)
	}
	unknown := &pq.Error{Code: "23505", Constraint: "other"}
	if err := pg.Refused(unknown, refusals); err != error(unknown) {
		t.Errorf("an unknown constraint gives %v", err)
	}
	if err := pg.Refused(nil, refusals); err != nil {
		t.Errorf("no error gives %v", err)
	}
}

func TestConstraintFromTheServer(t *testing.T) {
	db := door(t, options(house(t).ServiceURL))
	err := db.Write(t.Context(), town(t, "alpha"), func(tx *pg.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO settings (key, value, origin, version, changed_at) VALUES ($1, '1', 'nobody', 1, $2)`, "k", tx.Now)
		return err
	})
	if name, _ := pg.Constraint(err); name != "settings_origin_ck" {
		t.Errorf("Constraint(%v) = %q", err, name)
	}
}
