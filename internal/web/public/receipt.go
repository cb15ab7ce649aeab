package public

import (
	"charterhouse/internal/casework"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

type receiptPage struct {
	web.Frame
	Case *casework.Case
	// Code opens the case and stands on this page only; empty where the key that
	// made it is gone.
	Code    string
	Promise telling
	// Mailed: a letter with the number and a link is on its way.
	Mailed bool
	// ByPost: the answer comes as a letter.
	ByPost bool
	// Files came with the case.
	Files []files.File
}

// receipt is what whoever filed a case is given: number, code, dates. The same
// form sent again gives the same. Whoever sent photographs sees that they came,
// where there may be any.
func (s *Site) receipt(r *web.Request, o *office, receipt casework.Receipt, attached bool) (web.Reply, error) {
	c := receipt.Case
	tell := o.tell
	if receipt.Again {
		tell = tellAnew // the pin may be of an earlier revision
	}
	promise, err := tell(r, "_receipt_dates", c.Kind, receipt.Pin)
	if err != nil {
		return web.Reply{}, err
	}
	page := &receiptPage{
		Frame: web.Frame{
			Title: r.Say(i18n.Key("receipt.title."+c.Kind), nil), Menu: "/submit",
			Crumbs: []web.Crumb{{Label: r.Say(KeySubmitCrumb, nil), Path: "/submit"}, {Label: r.Say(KeyReceiptCrumb, nil)}},
		},
		Case: c, Code: receipt.Code.String(), Promise: promise,
		Mailed: !c.Anonymous && !c.Sample && r.Form.Get("reply_by") == string(casework.ByEmail) && r.Form.Get("email") != "",
		ByPost: !c.Anonymous && r.Form.Get("reply_by") == string(casework.ByPost),
	}
	if attached {
		events, err := casework.Timeline(r.Ctx, r.Tx, c, casework.Submitter)
		if err != nil {
			return web.Reply{}, err
		}
		if len(events) > 0 {
			page.Files, err = filesOf(r, events[0].Files)
		}
		if err != nil {
			return web.Reply{}, err
		}
	}
	return web.HTML("receipt", page).Secret(), nil
}
