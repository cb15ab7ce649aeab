package web

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"charterhouse/internal/fault"
	"charterhouse/internal/files"
	"charterhouse/internal/pg"
)

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
	if in.r.Nonce == "" || in.limits.Files == 0 {
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
		in.r.dropped = in.stands == nil
		in.lost = true
		_, err := io.Copy(io.Discard, content)
		return unread(err)
	}
	return in.stage(name, content)
}

// mayBring asks once, before the first file: who is signed in, whether this form
// can be accepted at all, whether it was accepted before, and whether its sender
// has not brought too many.
func (in *intake) mayBring() error {
	if in.asked {
		return nil
	}
	in.asked = true
	if err := in.drop(); err != nil {
		return err
	}
	route := in.r.route
	if in.limits.May != nil || route.settled != nil || route.kind.ofStaff() {
		if err := in.ask(route); err != nil {
			in.hold(err)
			in.shut = true
		}
	}
	in.count()
	return nil
}

// count counts a form that adds to what stands already, once its sender may.
func (in *intake) count() {
	if in.shut || in.stands != nil || in.r.route.kind != posts || in.limits.Files == 0 || in.limits.Pace == Filing {
		return
	}
	if err := in.paces.admit(in.http.Context(), Adding, in.r.key, in.r.Nonce, in.r.Form); err != nil {
		in.hold(err)
		in.shut = true
	}
}

// ask asks it of the database, in a short Read.
func (in *intake) ask(route *Route) error {
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
	return err
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
	staff := in.r.route.kind.ofStaff()
	f, err := in.opt.Files.Stage(ctx, in.r.host.realm, in.r.Nonce, name, staff, spool)
	if errors.Is(err, fs.ErrNotExist) {
		// Another instance has just accepted this form and removed its folder.
		if _, err = spool.Seek(0, io.SeekStart); err == nil {
			f, err = in.opt.Files.Stage(ctx, in.r.host.realm, in.r.Nonce, name, staff, spool)
		}
	}
	if err != nil {
		in.full(err)
		return err
	}
	waiting, err := in.r.Waiting()
	if err != nil || len(waiting) <= in.limits.Files {
		return err
	}
	refusal := fault.New(fault.Invalid, files.KeyTooMany).With("Count", in.limits.Files).With("Name", f.Name).On("files", string(files.KeyTooMany))
	return errors.Join(in.opt.Files.Drop(in.r.host.realm, in.r.Nonce, f.ID), refusal)
}

// full tells the operator when a town's forms have brought more than may wait.
func (in *intake) full(err error) {
	if refused, ok := fault.Of(err); ok && refused.Key == string(files.KeyNoRoom) {
		in.metrics.filesRefused.WithLabelValues(in.r.host.slug).Inc()
		in.opt.Log.Warn("a file was refused: too much waits in this town (CHARTER_FILES_WAITING_MB)", "tenant", in.r.host.slug)
	}
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
