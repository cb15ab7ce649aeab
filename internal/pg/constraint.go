package pg

import (
	"errors"
	"strings"

	"github.com/lib/pq"
)

// Constraint gives the name of the constraint that err broke. On Citus the name
// may stand in the message only, with the number of the shard behind it; this is
// the one place that reads a message.
func Constraint(err error) (name string, ok bool) {
	var e *pq.Error
	if !errors.As(err, &e) || !strings.HasPrefix(string(e.Code), "23") {
		return "", false
	}
	if e.Constraint != "" {
		return withoutShard(e.Constraint), true
	}
	end := strings.LastIndexByte(e.Message, '"')
	if end < 0 {
		return "", false
	}
	start := strings.LastIndexByte(e.Message[:end], '"')
	if start < 0 {
		return "", false
	}
	return withoutShard(e.Message[start+1 : end]), true
}

// withoutShard cuts „_102008“. None of our names ends so: a test holds that.
func withoutShard(name string) string {
	at := strings.LastIndexByte(name, '_')
	if at < 1 || at == len(name)-1 || strings.Trim(name[at+1:], "0123456789") != "" {
		return name
	}
	return name[:at]
}

// Refused turns a broken constraint into what its domain says about it: the
// refusal that stands under the constraint's name, else err as it is.
//
//	return pg.Refused(err, map[string]*fault.Error{
//		"domains_pk": fault.New(fault.Conflict, KeyDomainTaken),
//	})
func Refused[E error](err error, refusals map[string]E) error {
	if name, ok := Constraint(err); ok {
		if refusal, known := refusals[name]; known {
			return refusal
		}
	}
	return err
}
