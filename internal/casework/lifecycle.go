package casework

import "slices"

// State is where a case stands.
type State string

// The states of a case. The first three are open: an answer is still owed.
const (
	Received   State = "received"
	InProgress State = "in_progress"
	Waiting    State = "waiting" // for the submitter's answer to a question
	Answered   State = "answered"
	Forwarded  State = "forwarded" // to the institution that is competent
	Declined   State = "declined"  // not examined, with the ground
	Withdrawn  State = "withdrawn"
	Closed     State = "closed"
)

// States lists every state in the order in which a case meets them.
func States() []State {
	return []State{Received, InProgress, Waiting, Answered, Forwarded, Declined, Withdrawn, Closed}
}

// Open tells whether an answer is still owed.
func (s State) Open() bool { return s == Received || s == InProgress || s == Waiting }

// Action is one thing that can be done with a case.
type Action string

// The actions. Each leaves one entry in the timeline and one in the audit chain.
const (
	ToSubmit        Action = "submit"
	ToRegister      Action = "register"
	ToTake          Action = "take"
	ToAssign        Action = "assign"
	ToAsk           Action = "ask"
	ToRespond       Action = "respond" // the submitter's answer to a question
	ToResume        Action = "resume"
	ToAdd           Action = "add"
	ToExtend        Action = "extend"
	ToReply         Action = "reply"
	ToForward       Action = "forward"
	ToDecline       Action = "decline"
	ToConfirmDanger Action = "confirm_danger"
	ToRefuseDanger  Action = "refuse_danger"
	ToProtect       Action = "protect" // make confidential, or no longer
	ToNote          Action = "note"
	ToWithdraw      Action = "withdraw"
	ToClose         Action = "close"
	ToReopen        Action = "reopen"
	ToRate          Action = "rate"
)

// Party is who may do it.
type Party string

// The parties. What the roles of the staff may do stands with the permissions.
const (
	Submitter Party = "submitter"
	Staff     Party = "staff"
)

// Need is what an action asks for beyond the right state.
type Need string

// The needs. Those of the first group are typed in by whoever acts; the others
// are about the case.
const (
	NeedText        Need = "text"
	NeedReason      Need = "reason"
	NeedGround      Need = "ground"
	NeedInstitution Need = "institution"
	NeedNotice      Need = "notice" // reasons or steps, and the final date
	NeedScore       Need = "score"

	NeedTerm    Need = "term"    // a term that may be extended and has not run out
	NeedClock   Need = "clock"   // the clock runs: the case does not wait for the submitter
	NeedClaim   Need = "claim"   // a danger stated by an anonymous submitter, not yet decided
	NeedDecided Need = "decided" // no such claim is open
	NeedDone    Need = "done"    // answered or forwarded before, or a kind that needs no answer
	NeedUnrated Need = "unrated"
)

// Transition is one line of the life of a case. From is empty where a case
// begins; To is empty where the action leaves the state as it is.
type Transition struct {
	From  []State
	Do    Action
	To    State
	By    []Party
	Needs []Need
}

var (
	open     = []State{Received, InProgress, Waiting}
	finished = []State{Answered, Forwarded, Declined, Closed}
	anyone   = []Party{Submitter, Staff}
	citizen  = []Party{Submitter}
	officer  = []Party{Staff}
)

// lifecycle is the whole life of a case. The buttons, the check constraint of
// the table and the picture in docs/lifecycle.md come from it.
var lifecycle = []Transition{
	{nil, ToSubmit, Received, citizen, []Need{NeedText}},
	{nil, ToRegister, Received, officer, []Need{NeedText}},

	{[]State{Received}, ToTake, InProgress, officer, nil},
	{open, ToAssign, "", officer, nil},
	{[]State{Received, InProgress}, ToConfirmDanger, "", officer, []Need{NeedClaim}},
	{[]State{Received, InProgress}, ToRefuseDanger, Declined, officer, []Need{NeedClaim, NeedReason}},

	{[]State{Received, InProgress}, ToAsk, Waiting, officer, []Need{NeedText}},
	{[]State{Waiting}, ToRespond, InProgress, citizen, []Need{NeedText}},
	{[]State{Waiting}, ToResume, InProgress, officer, nil},
	{open, ToAdd, "", anyone, []Need{NeedText}},
	{open, ToExtend, "", officer, []Need{NeedTerm, NeedClock, NeedDecided, NeedNotice}},

	{open, ToReply, Answered, officer, []Need{NeedDecided, NeedText}},
	{open, ToForward, Forwarded, officer, []Need{NeedInstitution}},
	{open, ToDecline, Declined, officer, []Need{NeedGround}},
	{open, ToWithdraw, Withdrawn, citizen, nil},
	{open, ToWithdraw, Withdrawn, officer, []Need{NeedReason}},
	{[]State{Received, InProgress, Answered, Forwarded}, ToClose, Closed, officer, []Need{NeedDone}},
	{finished, ToReopen, InProgress, officer, []Need{NeedReason}},

	{[]State{Answered, Closed}, ToRate, "", citizen, []Need{NeedUnrated, NeedScore}},
	{States(), ToNote, "", officer, []Need{NeedText}},
	{States(), ToProtect, "", officer, nil},
}

// Lifecycle gives a copy of the table.
func Lifecycle() []Transition { return slices.Clone(lifecycle) }

// find gives the line for an action in a state; false when the state does not
// allow it or the party may not.
func find(from State, do Action, by Party) (Transition, bool) {
	for _, t := range lifecycle {
		begins := from == "" && t.From == nil
		if t.Do == do && (begins || slices.Contains(t.From, from)) && slices.Contains(t.By, by) {
			return t, true
		}
	}
	return Transition{}, false
}

// to is the state that the action leads to.
func (t Transition) to(from State) State {
	if t.To == "" {
		return from
	}
	return t.To
}

func (t Transition) needs(n Need) bool { return slices.Contains(t.Needs, n) }
