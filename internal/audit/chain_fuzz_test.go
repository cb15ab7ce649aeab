package audit

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"charterhouse/internal/fuzztest"
	"charterhouse/internal/pg"
)

// FuzzChain holds that no two entries are hashed as the same bytes: neither when
// letters move from one field to the next, nor when a field is another's, nor when
// the place in the chain or the time differs.
func FuzzChain(f *testing.F) {
	for _, text := range fuzztest.Texts() {
		f.Add("realm", int64(1), []byte("prev"), int64(1), text, "case.file", "cases/1", uint8(3))
	}
	f.Add("a", int64(0), []byte{}, int64(0), "", "", "", uint8(0))
	f.Add("", int64(-1), bytes.Repeat([]byte{0}, 32), int64(-1), "\x00\x00\x00\x00\x00\x00\x00\x01", "a", "b", uint8(1))
	f.Add("ab", int64(1)<<62, []byte("charterhouse/audit/1"), int64(1)<<50, "user:1", "case", ".file", uint8(7))
	f.Fuzz(func(t *testing.T, realm string, seq int64, prev []byte, micros int64, actor, action, object string, cut uint8) {
		// The chain is of our time.
		at := time.UnixMicro(micros % (1 << 50)).UTC()
		entry := link{Seq: seq, At: at, Actor: actor, Action: action, Object: object, Commitment: []byte{cut}}
		var sum []byte
		fuzztest.Bounded(t, func() { sum = entry.sum(realm, prev) })
		if !bytes.Equal(sum, entry.sum(realm, prev)) {
			t.Fatal("the same entry has two hashes")
		}
		differs := func(what, realm string, prev []byte, change func(*link)) {
			other := entry
			other.Commitment = bytes.Clone(entry.Commitment)
			change(&other)
			if bytes.Equal(other.sum(realm, prev), sum) {
				t.Errorf("another %s has the same hash: %+v and %+v", what, entry, other)
			}
		}
		keep := func(*link) {}
		differs("realm", realm+"x", prev, keep)
		differs("past", realm, append(bytes.Clone(prev), 0), keep)
		differs("number", realm, prev, func(l *link) { l.Seq++ })
		differs("time", realm, prev, func(l *link) { l.At = l.At.Add(time.Microsecond) })
		differs("commitment", realm, prev, func(l *link) { l.Commitment[0]++ })
		// A boundary that moves: the letters are the same, the fields are not.
		if n := min(int(cut), len(actor)); n > 0 {
			differs("actor", realm, prev, func(l *link) { l.Actor, l.Action = actor[:len(actor)-n], actor[len(actor)-n:]+action })
		}
		if n := min(int(cut), len(action)); n > 0 {
			differs("action", realm, prev, func(l *link) { l.Action, l.Object = action[:len(action)-n], action[len(action)-n:]+object })
		}
		if n := min(int(cut), len(prev)); n > 0 {
			differs("border of the past", realm+string(prev[:n]), prev[n:], keep)
		}
		if actor != action {
			differs("order", realm, prev, func(l *link) { l.Actor, l.Action = action, actor })
		}
	})
}

// FuzzDetail holds what an entry commits to: the same words in any order are the
// same bytes, other words are others, and what was said can be read again.
func FuzzDetail(f *testing.F) {
	texts := fuzztest.Texts()
	for i, text := range texts {
		f.Add("name", text, "note", texts[(i+1)%len(texts)])
	}
	f.Add("a", "1", "a", "2")
	f.Add("a", `1","b":"2`, "b", "2")
	f.Fuzz(func(t *testing.T, key, value, other, more string) {
		said := map[string]any{key: value, other: more}
		var l link
		var err error
		fuzztest.Bounded(t, func() { l, err = newLink("realm", 1, nil, time.UnixMicro(0), pg.Entry{Action: "a", Detail: said}) })
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(commit(l.nonce, l.detail), l.Commitment) || len(l.nonce) != 32 {
			t.Fatal("the commitment is not of what is kept")
		}
		if bytes.Equal(commit(l.nonce, l.detail+" "), l.Commitment) {
			t.Error("other words have the same commitment")
		}
		var back map[string]string
		if err := json.Unmarshal([]byte(l.detail), &back); err != nil {
			t.Fatalf("%s cannot be read: %v", l.detail, err)
		}
		for k, v := range said {
			if valid(k) && valid(v.(string)) && valid(key) && valid(other) && back[k] != v {
				t.Errorf("%q: %q is kept as %s", k, v, l.detail)
			}
		}
		again, err := newLink("realm", 1, nil, time.UnixMicro(0), pg.Entry{Action: "a", Detail: map[string]any{other: said[other], key: said[key]}})
		if err != nil || again.detail != l.detail {
			t.Errorf("%s is also written as %s, %v", l.detail, again.detail, err)
		}
		if bytes.Equal(again.Commitment, l.Commitment) {
			t.Error("two entries have one nonce")
		}
	})
}

func valid(s string) bool { return bytes.Equal([]byte(s), bytes.ToValidUTF8([]byte(s), nil)) }
