package web

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"charterhouse/internal/fault"
	"charterhouse/internal/files"
)

// What a form may bring where its route says nothing else.
const (
	maxParts     = 1000
	maxFieldName = 100
	defaultText  = 256 << 10
	// dropField holds the ids of waiting files that are to be taken away.
	dropField = "drop"
)

// intake receives one form: its text into Request.Form, its files onto the disk
// under its nonce. What is wrong with a file is a refusal that is shown with the
// form; what no form of ours sends is an error.
type intake struct {
	*act
	limits Limits

	text    int64 // bytes of text that may still come
	parts   int
	turn    func() // ends the turn of this form; nil = not begun
	refusal error  // what keeps the form from its handler
	shut    bool   // and its files are read past
	lost    bool   // some were
	asked   bool   // whether files may come was asked
	// stands is the answer to this very form that was given before; nil = none.
	stands *answer
	reply  Reply
}

// receive reads the body. The turn must be ended by the caller, whatever is
// returned. The error is for a form that cannot be read; refusal for one that can
// and is refused.
func (in *intake) receive() error {
	if in.text = in.limits.Text; in.text == 0 {
		in.text = defaultText
	}
	in.r.Form = url.Values{}
	kind, params, err := mime.ParseMediaType(in.http.Header.Get("Content-Type"))
	switch {
	case in.http.ContentLength == 0:
		err = nil // a button alone
	case err != nil:
		return errFormat
	case kind == "application/x-www-form-urlencoded":
		err = in.encoded()
	case kind == "multipart/form-data" && params["boundary"] != "":
		err = in.multipart(params["boundary"])
	default:
		return errFormat
	}
	if err != nil {
		return err
	}
	if err := in.admit(); err != nil {
		return err
	}
	in.count()
	in.mourn()
	return in.drop()
}

// mourn says of files that were read past, because their sender is over a limit,
// that they have to be chosen again: the text is kept, they are not.
func (in *intake) mourn() {
	var often *tooOften
	if in.lost && errors.As(in.refusal, &often) {
		often.refusal.On("files", string(KeyFilesAgain))
	}
}

// encoded reads a form of text alone.
func (in *intake) encoded() error {
	body, end := in.body(in.text)
	defer end()
	raw, err := io.ReadAll(body)
	if err != nil {
		return unread(err)
	}
	if strings.Count(string(raw), "&") >= maxParts {
		return errTooMuch
	}
	values, err := url.ParseQuery(string(raw))
	if err != nil {
		return errUnreadable
	}
	for name, list := range values {
		for _, v := range list {
			if err := in.add(name, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// multipart reads a form part by part. Nothing of a file is kept in memory.
func (in *intake) multipart(boundary string) error {
	// Twice what is taken is still read, so that who chose too large a file is told
	// so and keeps the text; beyond it the connection is cut.
	limit := 2 * in.text // names and boundaries take room too
	if in.limits.Files > 0 {
		limit += 2 * files.MaxForm
	}
	body, end := in.body(limit)
	defer end()
	reader := multipart.NewReader(body, boundary)
	for {
		part, err := reader.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return unread(err)
		}
		if in.parts++; in.parts > maxParts {
			return errTooMuch
		}
		_, about, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
		if err != nil || about["name"] == "" {
			return errUnreadable
		}
		name, isFile := about["filename"]
		if isFile {
			err = in.file(name, part)
		} else {
			err = in.field(about["name"], part)
		}
		if err != nil {
			return err
		}
	}
}

func (in *intake) field(name string, part io.Reader) error {
	raw, err := io.ReadAll(io.LimitReader(part, in.text+1))
	if err != nil {
		return unread(err)
	}
	if in.text -= int64(len(raw)); in.text < 0 {
		return errTooMuch
	}
	return in.add(name, string(raw))
}

// add keeps one field, tidied.
func (in *intake) add(name, value string) error {
	if name == "" || len(name) > maxFieldName || !cleanText(name) || !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
		return errUnreadable
	}
	if _, twice := in.r.Form[name]; twice && name != dropField && !slices.Contains(in.limits.Many, name) {
		return errUnreadable
	}
	value = tidy(value)
	if name == nonceField {
		if !isNonce(value) {
			return errUnreadable
		}
		in.r.Nonce = value
	}
	in.r.Form.Add(name, value)
	return nil
}

// tidy makes line ends and letters what they are elsewhere, and leaves out the
// control characters that come along when text is pasted from a document, and the
// marks that would turn what stands beside the text on a page.
func tidy(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(c rune) rune {
		if c < ' ' && c != '\t' && c != '\n' || 0x7f <= c && c < 0xa0 || Turns(c) {
			return -1
		}
		return c
	}, s)
	return norm.NFC.String(s)
}

// Turns tells a mark that sets the direction of the letters after it, until another
// ends it: no language of ours is written with one.
func Turns(c rune) bool { return '\u202a' <= c && c <= '\u202e' || '\u2066' <= c && c <= '\u2069' }

// admit begins the turn of the form and counts it, once its nonce is known or
// cannot come any more.
func (in *intake) admit() error {
	if in.turn != nil {
		return nil
	}
	in.turn = func() {}
	if in.r.Nonce != "" {
		leave, err := in.turns.take(in.http.Context(), in.r.host.realm.Name()+"/"+in.r.Nonce)
		if err != nil {
			return err
		}
		in.turn = leave
	}
	if in.limits.Pace == Filing {
		in.pace(Sending, true)
	}
	// Whoever has filed too much keeps the files with the text: Sending bounds them.
	in.pace(in.limits.Pace, in.limits.Pace != Filing)
	return nil
}

// pace holds the form where its sender is over a limit; shut: its files are read
// past then.
func (in *intake) pace(of Pace, shut bool) {
	if of == "" || in.shut {
		return
	}
	if err := in.paces.admit(in.http.Context(), of, in.r.key, in.r.Nonce, in.r.Form); err != nil {
		in.hold(err)
		in.shut = shut
	}
}

// hold notes why the form is not let through: the first reason, and all fields.
func (in *intake) hold(err error) {
	f, isFault := fault.Of(err)
	first, hadOne := fault.Of(in.refusal)
	switch {
	case in.refusal == nil:
		in.refusal = err
	case isFault && hadOne && first.Kind == f.Kind:
		first.Fields = append(first.Fields, f.Fields...)
	}
}

// unread turns what went wrong while a body was read into what its sender is
// told.
func unread(err error) error {
	var much *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &much):
		return errTooMuch
	case errors.Is(err, os.ErrDeadlineExceeded):
		return errTooSlow
	case errors.Is(err, context.Canceled):
		return err
	}
	return errUnreadable
}
