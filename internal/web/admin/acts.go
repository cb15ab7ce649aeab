package admin

import (
	"strconv"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
)

// deciding are the acts that a submitter learns of.
func deciding() []act {
	return []act{
		{do: casework.ToConfirmDanger, path: "confirm-danger", title: KeyActConfirmDanger, hint: KeyActConfirmDangerHint,
			perform: func(a acting) error { return a.town.ConfirmDanger(a.ctx(), a.tx(), a.who, a.ref) }},
		{do: casework.ToRefuseDanger, path: "refuse-danger", title: KeyActRefuseDanger, hint: KeyActRefuseDangerHint,
			fields:  []actField{area("reason", KeyActReason, longText, true)},
			perform: func(a acting) error { return a.town.RefuseDanger(a.ctx(), a.tx(), a.who, a.ref, a.typed("reason")) }},
		{do: casework.ToTake, path: "take", title: KeyActTake, hint: KeyActTakeHint,
			perform: func(a acting) error { return a.town.Take(a.ctx(), a.tx(), a.who, a.ref) }},
		{do: casework.ToReply, path: "reply", title: KeyActReply, hint: KeyActReplyHint, files: mostActFiles,
			fields:  []actField{area("answer", KeyActReplyField, longReply, true)},
			perform: func(a acting) error { return a.town.Reply(a.ctx(), a.tx(), a.who, a.ref, a.message("answer")) }},
		{do: casework.ToExtend, path: "extend", title: KeyActExtend, fields: []actField{
			area("reasons", KeyActExtendReasons, longText, false), area("steps", KeyActExtendSteps, longText, false),
			{name: "final", label: KeyActExtendFinal, max: 12, need: true}, {name: "beyond", label: KeyActExtendBeyond, kind: "checkbox", need: true},
		}, perform: func(a acting) error {
			return a.town.Extend(a.ctx(), a.tx(), a.who, a.ref, casework.Extending{
				Reasons: a.typed("reasons"), Steps: a.typed("steps"), Final: a.final(), Beyond: a.typed("beyond") != "",
			})
		}},
		{do: casework.ToAsk, path: "ask", title: KeyActAsk,
			fields:  []actField{area("question", KeyActAskField, longText, true)},
			perform: func(a acting) error { return a.town.Ask(a.ctx(), a.tx(), a.who, a.ref, a.typed("question")) }},
		{do: casework.ToResume, path: "resume", title: KeyActResume, hint: KeyActResumeHint,
			fields:  []actField{area("note", KeyActResumeField, longText, false)},
			perform: func(a acting) error { return a.town.Resume(a.ctx(), a.tx(), a.who, a.ref, a.typed("note")) }},
		{do: casework.ToForward, path: "forward", title: KeyActForward, fields: []actField{
			{name: "institution", label: KeyActForwardField, max: longName, need: true}, area("reason", KeyActForwardReason, longText, false),
		}, perform: func(a acting) error {
			return a.town.Refer(a.ctx(), a.tx(), a.who, a.ref, casework.Referring{Institution: a.typed("institution"), Reason: a.typed("reason")})
		}},
		{do: casework.ToDecline, path: "decline", title: KeyActDecline, hint: KeyActDeclineHint, fields: []actField{
			{name: "ground", label: KeyActDeclineGround, kind: "radio", need: true}, area("explained", KeyActDeclineExplained, longText, false),
		}, perform: func(a acting) error {
			return a.town.Decline(a.ctx(), a.tx(), a.who, a.ref, casework.Declining{Ground: a.typed("ground"), Explained: a.typed("explained")})
		}},
	}
}

// keeping are the acts that put a case in order.
func keeping() []act {
	return []act{
		{do: casework.ToAssign, path: "assign", may: access.CaseAssign, title: KeyActAssign, hint: KeyActAssignHint, fields: []actField{
			{name: "department", label: KeyInboxDepartment, kind: "select"}, {name: "assignee", label: KeyInboxAssignee, kind: "select"},
		}, perform: func(a acting) error {
			// What is no number is nobody's: casework refuses it by name.
			id, err := strconv.ParseInt("0"+a.typed("assignee"), 10, 64)
			if err != nil {
				id = -1
			}
			return a.town.Assign(a.ctx(), a.tx(), a.who, a.ref, casework.Assignment{Department: a.typed("department"), Assignee: id})
		}},
		{do: casework.ToAdd, path: "add", title: KeyActAdd, hint: KeyActAddHint, files: mostActFiles,
			fields:  []actField{area("text", KeyActAddField, longBody, true)},
			perform: func(a acting) error { return a.town.AddFor(a.ctx(), a.tx(), a.who, a.ref, a.message("text")) }},
		{do: casework.ToNote, path: "note", title: KeyActNote, hint: KeyActNoteHint, files: mostActFiles,
			fields:  []actField{area("note", KeyActNoteField, longBody, true)},
			perform: func(a acting) error { return a.town.Note(a.ctx(), a.tx(), a.who, a.ref, a.message("note")) }},
		{do: casework.ToClose, path: "close", title: KeyActClose, hint: KeyActCloseHint,
			perform: func(a acting) error { return a.town.Close(a.ctx(), a.tx(), a.who, a.ref) }},
		{do: casework.ToReopen, path: "reopen", title: KeyActReopen, hint: KeyActReopenHint,
			fields:  []actField{area("reason", KeyActReopenField, longText, true)},
			perform: func(a acting) error { return a.town.Reopen(a.ctx(), a.tx(), a.who, a.ref, a.typed("reason")) }},
		{do: casework.ToWithdraw, path: "withdraw", title: KeyActWithdraw, hint: KeyActWithdrawHint,
			fields:  []actField{area("reason", KeyActWithdrawField, longText, true)},
			perform: func(a acting) error { return a.town.WithdrawFor(a.ctx(), a.tx(), a.who, a.ref, a.typed("reason")) }},
		{do: casework.ToProtect, path: "protect", title: KeyActProtect, hint: KeyActProtectHint,
			perform: func(a acting) error {
				return a.town.Protect(a.ctx(), a.tx(), a.who, a.ref, a.typed("confidential") == "yes")
			}},
	}
}
