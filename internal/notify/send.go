package notify

import (
	"context"
	"errors"
	"fmt"
	"time"

	"charterhouse/internal/fault"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

// kindSend is the job that brings one letter to the mail server.
const kindSend = "notify.send"

type sendArgs struct {
	Mail int64 `json:"mail"`
}

// A mail server that is away for two days loses nothing; when it is back, all is
// sent within the longest pause.
const (
	attempts   = 400
	firstPause = 10 * time.Second
	longest    = 10 * time.Minute
	// atOnce keeps us a polite guest of the mail server.
	atOnce = 4
)

// Jobs are the kinds the runner needs to know.
func (p *Post) Jobs() []jobs.Kind {
	k := jobs.Outside(kindSend, p.send)
	k.Failed = failed
	k.Attempts, k.Pause, k.AtOnce, k.Timeout = attempts, jobs.Doubling(firstPause, longest), atOnce, sendLimit
	return []jobs.Kind{k}
}

// send brings a letter away. A letter that was erased or sent meanwhile is done.
func (p *Post) send(ctx context.Context, run jobs.Run, a sendArgs) (jobs.Outcome, error) {
	var m Mail
	err := run.Read(ctx, func(tx *pg.Tx) (err error) { m, err = read(ctx, tx, a.Mail); return err })
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if p.server == nil {
		return move(a.Mail, Kept, ""), nil
	}
	if m.State == Sent {
		return nil, nil
	}
	err = p.server.deliver(ctx, m.with(m.Link))
	if err == nil {
		return move(a.Mail, Sent, ""), nil
	}
	// A letter given up is a matter of the letters' page, not of the jobs': the job
	// is done.
	var r *refusal
	if run.Last || errors.As(err, &r) && r.permanent {
		return move(a.Mail, Dead, full(err)), nil
	}
	return nil, err
}

// move writes how an attempt ended.
func move(id int64, to State, said string) jobs.Outcome {
	return func(ctx context.Context, tx *pg.Tx) error {
		// The link is forgotten once the letter is away. Of a letter about an anonymous
		// case not even the hour of sending is kept.
		_, err := tx.Exec(ctx, `UPDATE mails SET state = $2, last_error = $3, attempts = attempts + 1,
				link = CASE WHEN $2 = 'sent' THEN '' ELSE link END,
				sent_at = CASE WHEN $2 <> 'sent' THEN NULL WHEN day_only THEN queued_at ELSE $4::timestamptz END
			WHERE id = $1 AND state <> 'sent'`, id, string(to), said, tx.Now)
		if err != nil {
			return fmt.Errorf("notify: mail %d is %s: %w", id, to, err)
		}
		return nil
	}
}

// failed notes an attempt that will be repeated, or, when the job itself died of
// something else, that the letter is dead.
func failed(ctx context.Context, tx *pg.Tx, f jobs.Failure) error {
	a, err := jobs.Decode[sendArgs](f.Args)
	if err != nil {
		return nil // no letter is meant
	}
	if f.Dead {
		return move(a.Mail, Dead, full(f.Err))(ctx, tx)
	}
	_, err = tx.Exec(ctx, `UPDATE mails SET attempts = attempts + 1, last_error = $2 WHERE id = $1 AND state = 'queued'`, a.Mail, full(f.Err))
	if err != nil {
		return fmt.Errorf("notify: mail %d failed: %w", a.Mail, err)
	}
	return nil
}
