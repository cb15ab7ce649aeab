// Package fault is how a domain verb refuses: the kind of refusal, a message
// key that every interface language has, and the fields it concerns.
//
// Only web turns a fault into HTTP, and only i18n turns its key into words, so
// that a refusal reads the same on a page, in the API and on the command line.
// An error without a kind is a defect of ours: the reader sees a request id.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of refusal it is; web maps it to a status.
type Kind string

// The kinds of refusal. Their HTTP statuses are 422, 404, 403, 409, 429, 410,
// 503 and 400.
const (
	Invalid     Kind = "invalid"
	NotFound    Kind = "not_found"
	Forbidden   Kind = "forbidden"
	Conflict    Kind = "conflict"
	TooMany     Kind = "too_many"
	Gone        Kind = "gone"
	Unavailable Kind = "unavailable"
	Malformed   Kind = "malformed"
)

// Field is one refused input: the name of the form field or the path in a
// document, and the message that tells its reader what to do.
type Field struct {
	Name string
	Key  string
	Args map[string]any
}

// Error is a refusal. Key names a message in locales/; Args fills it in.
type Error struct {
	Kind   Kind
	Key    string
	Args   map[string]any
	Fields []Field
	cause  error
}

// New refuses with a message key: an i18n.Key, which this floor does not know.
func New[K ~string](kind Kind, key K) *Error { return &Error{Kind: kind, Key: string(key)} }

// Wrap refuses and keeps the cause for the log; the reader never sees it.
func Wrap[K ~string](kind Kind, key K, cause error) *Error {
	return &Error{Kind: kind, Key: string(key), cause: cause}
}

// With adds an argument of the message.
func (e *Error) With(name string, value any) *Error {
	if e.Args == nil {
		e.Args = map[string]any{}
	}
	e.Args[name] = value
	return e
}

// On adds a refused field.
func (e *Error) On(name, key string) *Error {
	e.Fields = append(e.Fields, Field{Name: name, Key: key})
	return e
}

// Error is for logs and tests; it is never shown to a visitor.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Kind, e.Key)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "; %s: %s", f.Name, f.Key)
	}
	if e.cause != nil {
		fmt.Fprintf(&b, ": %v", e.cause)
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.cause }

// Of finds the refusal in err, if there is one.
func Of(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// Is tells whether err is a refusal of this kind.
func Is(err error, kind Kind) bool {
	e, ok := Of(err)
	return ok && e.Kind == kind
}
