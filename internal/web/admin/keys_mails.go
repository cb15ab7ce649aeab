package admin

import "charterhouse/internal/i18n"

// The letters.
const (
	KeyMailsTitle       i18n.Key = "mails.title"
	KeyMailsKeptNote    i18n.Key = "mails.kept_note"
	KeyMailsDeadCount   i18n.Key = "mails.dead_count"
	KeyMailsState       i18n.Key = "mails.state_label"
	KeyMailsAll         i18n.Key = "mails.state.all"
	KeyMailQueued       i18n.Key = "mails.state.queued"
	KeyMailSent         i18n.Key = "mails.state.sent"
	KeyMailDead         i18n.Key = "mails.state.dead"
	KeyMailKept         i18n.Key = "mails.state.kept"
	KeyMailsQueuedAt    i18n.Key = "mails.queued"
	KeyMailsSubject     i18n.Key = "mails.subject"
	KeyMailsTo          i18n.Key = "mails.to"
	KeyMailsFrom        i18n.Key = "mails.from"
	KeyMailsSentAt      i18n.Key = "mails.sent_at"
	KeyMailsAttempts    i18n.Key = "mails.attempts"
	KeyMailsNone        i18n.Key = "mails.none"
	KeyMailsLinkHidden  i18n.Key = "mails.link_hidden"
	KeyMailsResend      i18n.Key = "mails.resend"
	KeyMailsResendAbout i18n.Key = "mails.resend_about"
	KeyMailResent       i18n.Key = "mails.resent"
)

// The jobs that were given up.
const (
	KeyJobsTitle    i18n.Key = "mails.jobs_title"
	KeyJobsAbout    i18n.Key = "mails.jobs_about"
	KeyJobsMore     i18n.Key = "mails.jobs_more"
	KeyJobKind      i18n.Key = "mails.job_kind"
	KeyJobDied      i18n.Key = "mails.job_died"
	KeyJobReason    i18n.Key = "mails.job_reason"
	KeyJobRerun     i18n.Key = "mails.job_rerun"
	KeyJobRerunDone i18n.Key = "mails.job_rerun_done"
	KeyJobNone      i18n.Key = "mails.job_none"
	KeyJobSend      i18n.Key = "mails.job.send"
	KeyJobAnnounce  i18n.Key = "mails.job.announce"
	KeyJobRemind    i18n.Key = "mails.job.remind"
	KeyJobReset     i18n.Key = "mails.job.reset"
	KeyJobFigures   i18n.Key = "mails.job.figures"
	KeyJobSweep     i18n.Key = "mails.job.sweep"
)
