package admin

import (
	"strconv"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/jobs"
	"charterhouse/internal/web"
)

// deadJobs are what the service has given up doing: letters that were never
// written, reminders, the figures of a day. They stand above the letters.
type deadJobs struct {
	Rows  []deadJob
	More  bool
	Rerun bool // the role may have them run again
}

type deadJob struct {
	ID         int64
	Name, Died string
	Tries      int
	Error      string
}

func readDeadJobs(r *web.Request) (deadJobs, error) {
	list, more, err := jobs.List(r.Ctx, r.Tx, jobs.Dead, 0)
	d := deadJobs{More: more, Rerun: r.Principal.Can(access.MailResend)}
	for _, j := range list {
		row := deadJob{ID: j.ID, Name: jobName(r, j.Kind), Tries: j.Tries, Error: j.LastError}
		if j.DiedAt != nil {
			row.Died = r.Moment(*j.DiedAt)
		}
		if !r.Principal.Can(access.CaseHandle) {
			row.Error = addresses.ReplaceAllStringFunc(row.Error, masked)
		}
		d.Rows = append(d.Rows, row)
	}
	return d, err
}

// jobName says what a kind of job is for; one without words goes by its name.
func jobName(r *web.Request, kind string) string {
	key, known := map[string]i18n.Key{
		"notify.send": KeyJobSend, "casework.announce": KeyJobAnnounce, "casework.remind": KeyJobRemind, kindReset: KeyJobReset,
		"results.daily": KeyJobFigures, casework.KindFigures: KeyJobFigures, "access.sweep": KeyJobSweep, "files.sweep": KeyJobSweep,
	}[kind]
	if !known {
		return kind
	}
	return r.Say(key, nil)
}

// jobRerun gives a job that was given up another round of attempts.
func (s *Site) jobRerun(r *web.Request) (web.Reply, error) {
	id, err := strconv.ParseInt(r.Form.Get("job"), 10, 64)
	if err != nil {
		return web.Reply{}, fault.New(fault.NotFound, KeyJobNone)
	}
	again, err := jobs.Rerun(r.Ctx, r.Tx, r.Actor().ID, id)
	if err != nil {
		return web.Reply{}, err
	}
	if !again {
		return web.Reply{}, fault.New(fault.NotFound, KeyJobNone)
	}
	return web.Redirect(r.URL(pathMails) + "?again=1"), nil
}
