package main

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

// TestAFilingBecomesAScript holds what must differ from filing to filing and what
// must stay as it was.
func TestAFilingBecomesAScript(t *testing.T) {
	text := func(values ...string) (all []parameter) {
		for _, v := range values {
			all = append(all, parameter{text: v})
		}
		return all
	}
	s, err := newScript("a", []*statement{
		{sql: "BEGIN;SET LOCAL search_path=\"t_a\";SELECT 1", simple: true, row: map[string]string{"current_user": "t_a"}},
		{
			sql:    "INSERT INTO case_receipts (nonce_hash, code_hash, key_id)\n\t\tVALUES ($1, $2, $3) RETURNING id",
			params: []parameter{{binary: true, text: "\x01"}, {binary: true, text: "\x02"}, {text: "k"}},
			row:    map[string]string{"id": "71234568"},
		},
		{sql: "UPDATE audit_head SET seq = $1, hash = $2", params: []parameter{{text: "71234569"}, {binary: true, text: "\xab\x00"}}},
		{sql: "INSERT INTO jobs (args, effect_key) VALUES ($1, nullif($2, ''))", params: text(`{"case":71234568,"news":"filed"}`, "")},
		{sql: "INSERT INTO mails (message_id, about) VALUES ($1, $2)", params: text("abc@example.org", "case/KL-71234568")},
		{sql: "SELECT $2::bigint, $1, $3", params: append(text("it's 9:00\n", "71234568"), parameter{null: true})},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `\set r random(1, 9223372036854775807)
\startpipeline
BEGIN;
SET LOCAL search_path="t_a";
SELECT 1;
\endpipeline
INSERT INTO case_receipts (nonce_hash, code_hash, key_id) VALUES (sha256(int8send(CAST(:r AS bigint) - 1)), sha256(int8send(CAST(:r AS bigint) - 2)), :a_p0) RETURNING id \gset a_s1_
UPDATE audit_head SET seq = CAST(:a_s1_id AS bigint) + 1, hash = :a_p1;
INSERT INTO jobs (args, effect_key) VALUES ((:a_p2 || CAST(:a_s1_id AS text) || :a_p3)::jsonb, nullif('', ''));
INSERT INTO mails (message_id, about) VALUES (lpad(CAST(:r AS text), 3, '0') || :a_p4, (:a_p5 || CAST(:a_s1_id AS text)));
SELECT :a_s1_id::bigint, :a_p6, NULL;
`
	if got := s.text.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var given []string
	for _, v := range s.given {
		given = append(given, v.value)
	}
	wantGiven := []string{"k", `\xab00`, `{"case":`, `,"news":"filed"}`, "@example.org", "case/KL-", "it's 9:00\n"}
	if !slices.Equal(given, wantGiven) {
		t.Errorf("given %q, want %q", given, wantGiven)
	}
	if _, err := newScript("a", []*statement{{sql: "SELECT $2", params: text("a")}}); err == nil {
		t.Error("a statement without its parameter became a script")
	}
}

// TestParametersAreReadOffTheWire has one of each: text, bytes, NULL.
func TestParametersAreReadOffTheWire(t *testing.T) {
	var b []byte
	short := func(n int) { b = binary.BigEndian.AppendUint16(b, uint16(n)) }
	value := func(s string) { b = append(binary.BigEndian.AppendUint32(b, uint32(len(s))), s...) }
	short(3)
	short(0)
	short(1)
	short(0)
	short(3)
	value("ąž")
	value("\x00\xff")
	b = binary.BigEndian.AppendUint32(b, 0xffffffff)
	short(0) // formats of the answer
	got := parameters(b)
	want := []parameter{{text: "ąž"}, {binary: true, text: "\x00\xff"}, {null: true}}
	if len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestTheRecorderHearsInOrder gives the recorder what goes by in both directions.
func TestTheRecorderHearsInOrder(t *testing.T) {
	r := &recorder{parsed: map[string]string{}}
	r.asked('Q', []byte("nobody listens\x00"))
	heard, err := r.listen(func() error {
		r.asked('Q', []byte("BEGIN\x00"))
		r.asked('P', []byte("s\x00SELECT a, b\x00\x00\x00"))
		r.asked('B', []byte("\x00s\x00\x00\x00\x00\x00\x00\x00"))
		r.answered('T', append([]byte{0, 2}, []byte("a\x00"+strings.Repeat("\x00", 18)+"b\x00"+strings.Repeat("\x00", 18))...))
		r.answered('D', []byte{0, 2, 0, 0, 0, 1, '7', 255, 255, 255, 255})
		r.answered('D', []byte{0, 2, 0, 0, 0, 1, '8', 0, 0, 0, 0})
		return nil
	})
	if err != nil || len(heard) != 2 {
		t.Fatalf("heard %d statements, %v", len(heard), err)
	}
	if !heard[0].simple || heard[0].sql != "BEGIN" || heard[1].simple || heard[1].sql != "SELECT a, b" {
		t.Errorf("heard %+v and %+v", *heard[0], *heard[1])
	}
	if row := heard[1].row; len(row) != 2 || row["a"] != "7" || row["b"] != "" {
		t.Errorf("the first row is %v", row)
	}
}
