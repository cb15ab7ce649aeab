package web

import (
	"context"
	"errors"
	"io"
	"io/fs"
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
	"charterhouse/internal/pg"
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
	return in.drop()
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
	body, end := in.body(in.text + 2*files.MaxForm)
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
// control characters that come along when text is pasted from a document.
func tidy(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(c rune) rune {
		if c < ' ' && c != '\t' && c != '\n' || 0x7f <= c && c < 0xa0 {
			return -1
		}
		return c
	}, s)
	return norm.NFC.String(s)
}

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
	if in.limits.Pace != "" {
		if err := in.paces.admit(in.http.Context(), in.limits.Pace, in.r.key, in.r.Nonce); err != nil {
			in.hold(err)
			in.shut = true
		}
	}
	return nil
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

// file takes one file, or reads past it when the form is refused anyway.
func (in *intake) file(name string, part io.Reader) error {
	first := make([]byte, 1)
	if n, err := io.ReadFull(part, first); n == 0 {
		if err == io.EOF && name == "" {
			return nil // nothing was chosen
		}
		if err != io.EOF {
			return unread(err)
		}
		part, first = strings.NewReader(""), nil
	}
	if in.r.Nonce == "" || in.opt.Files == nil {
		return errUnreadable
	}
	if err := in.admit(); err != nil {
		return err
	}
	if err := in.mayBring(); err != nil {
		return err
	}
	content := io.MultiReader(strings.NewReader(string(first)), part)
	if in.stands != nil || in.shut {
		_, err := io.Copy(io.Discard, content)
		return unread(err)
	}
	return in.stage(name, content)
}

// mayBring asks once, before the first file: who is signed in, whether this form
// can be accepted at all, and whether it was accepted before.
func (in *intake) mayBring() error {
	if in.asked {
		return nil
	}
	in.asked = true
	if err := in.drop(); err != nil {
		return err
	}
	route := in.r.route
	if in.limits.May == nil && route.settled == nil && !route.kind.ofStaff() {
		return nil
	}
	ctx := in.http.Context()
	err := in.opt.DB.Class(route.class()).Read(ctx, in.r.host.realm, func(tx *pg.Tx) error {
		if err := in.r.bind(ctx, tx); err != nil {
			return err
		}
		if route.settled != nil {
			reply, found, err := route.settled(in.r)
			if err == nil && found {
				in.stands, err = in.renderOwn(in.r, reply)
				in.reply = reply
			}
			if err != nil || found {
				return err
			}
		}
		if in.limits.May == nil {
			return nil
		}
		return in.limits.May(in.r)
	})
	in.r.Tx = nil
	if err != nil {
		in.hold(err)
		in.shut = true
	}
	return nil
}

// stage writes a file to the disk as it comes and then has it looked at, a few at
// a time: a photograph takes memory when it is drawn anew.
func (in *intake) stage(name string, content io.Reader) error {
	spool, err := in.opt.Files.Spool()
	if err != nil {
		return err
	}
	defer spool.Close()
	if _, err := io.Copy(spool, io.LimitReader(content, files.MaxFile+1)); err != nil {
		return unread(err)
	}
	if _, err := io.Copy(io.Discard, content); err != nil {
		return unread(err)
	}
	if _, err := spool.Seek(0, io.SeekStart); err != nil {
		return err
	}
	err = in.examine(name, spool)
	if _, refused := fault.Of(err); refused {
		in.hold(err)
		return nil
	}
	return err
}

// examine keeps a file under the nonce, while there are not too many.
func (in *intake) examine(name string, spool *os.File) error {
	ctx := in.http.Context()
	select {
	case in.examiners <- struct{}{}:
		defer func() { <-in.examiners }()
	case <-ctx.Done():
		return ctx.Err()
	}
	f, err := in.opt.Files.Stage(in.r.host.realm, in.r.Nonce, name, spool)
	if errors.Is(err, fs.ErrNotExist) {
		// Another instance has just accepted this form and removed its folder.
		if _, err = spool.Seek(0, io.SeekStart); err == nil {
			f, err = in.opt.Files.Stage(in.r.host.realm, in.r.Nonce, name, spool)
		}
	}
	if err != nil {
		return err
	}
	waiting, err := in.r.Waiting()
	if err != nil || len(waiting) <= in.limits.Files {
		return err
	}
	refusal := fault.New(fault.Invalid, files.KeyTooMany).With("Count", in.limits.Files).With("Name", f.Name).On("files", string(files.KeyTooMany))
	return errors.Join(in.opt.Files.Drop(in.r.host.realm, in.r.Nonce, f.ID), refusal)
}

// drop takes away the waiting files that were marked.
func (in *intake) drop() error {
	if in.r.Nonce == "" || in.opt.Files == nil {
		return nil
	}
	for _, id := range in.r.Form[dropField] {
		if err := in.opt.Files.Drop(in.r.host.realm, in.r.Nonce, id); err != nil {
			return err
		}
	}
	in.r.Form.Del(dropField)
	return nil
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
