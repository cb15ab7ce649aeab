package admin

import (
	"charterhouse/internal/casework"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// foretell says, before an act is done, how the submitter will learn of it: who
// writes to somebody that wants paper has a letter to post afterwards.
func (o *offer) foretell(r *web.Request, c *casework.Case) error {
	if o.Refused != "" {
		return nil
	}
	notice, err := casework.NoticeOf(r.Ctx, r.Tx, c, o.By.Do)
	if err != nil || notice == "" {
		return err
	}
	o.Letter = notice == casework.NoticeLetter
	o.Notice = r.Say(noticeKey(notice, c), nil)
	return nil
}

func noticeKey(notice casework.Notice, c *casework.Case) i18n.Key {
	switch {
	case notice == casework.NoticeLetter:
		return KeyNoticeLetter
	case notice == casework.NoticeMail && c.Sample:
		return KeyNoticeSample
	case notice == casework.NoticeMail:
		return KeyNoticeMail
	case c.Anonymous:
		return KeyNoticeAnonymous
	}
	return KeyNoticePage
}
