package casework

import (
	"fmt"
	"slices"
	"time"

	"charterhouse/internal/tenant"
)

// Samples are the made-up cases of a town's package (cases.yaml): with them
// somebody who looks at the service sees a desk at work. Each is entered by the
// same verbs as a real case, is marked as a sample for ever, and sends no mail.
type Samples struct {
	Cases []Sample `yaml:"cases"`
}

// Sample is one made-up case. Its days are told from the day of loading, so that
// something is overdue and something due today whenever anybody looks.
type Sample struct {
	// Key names the sample among those of its town; a second loading knows it by that.
	Key  string `yaml:"key"`
	Kind string `yaml:"kind"`
	Lang string `yaml:"lang,omitempty"` // empty = the town's own
	// Channel it came by at the desk; empty = filed on the website.
	Channel string `yaml:"channel,omitempty"`
	// Department it is with; left out where the town has none of that key.
	Department string `yaml:"department,omitempty"`
	// Received is how many working days ago it came; Due, where set, says instead in
	// how many working days its nearest date falls: 0 = today, -3 = overdue.
	Received int    `yaml:"received,omitempty"`
	Due      *int   `yaml:"due,omitempty"`
	At       string `yaml:"at"` // local time of day
	// Entered is how many working days after that the desk entered it.
	Entered int    `yaml:"entered,omitempty"`
	Title   string `yaml:"title"`
	Body    string `yaml:"body"`
	Danger  string `yaml:"danger,omitempty"`
	// Happened is how many days before it came what it is about took place; 0 = not said.
	Happened     int           `yaml:"happened,omitempty"`
	Anonymous    bool          `yaml:"anonymous,omitempty"`
	Confidential bool          `yaml:"confidential,omitempty"`
	Person       *SamplePerson `yaml:"person,omitempty"`
	// Shown marks the one whose code a demonstration prints.
	Shown bool         `yaml:"shown,omitempty"`
	Steps []SampleStep `yaml:"steps,omitempty"`
}

// SamplePerson is an invented submitter. An address of theirs is in example.org.
type SamplePerson struct {
	Name    string  `yaml:"name"`
	Email   string  `yaml:"email,omitempty"`
	Phone   string  `yaml:"phone,omitempty"`
	Address string  `yaml:"address,omitempty"`
	ReplyBy ReplyBy `yaml:"reply_by"`
}

// SampleStep is one thing that became of a made-up case.
type SampleStep struct {
	Do Action `yaml:"do"`
	// After is how many working days after the step before; At the local time of day.
	After int    `yaml:"after"`
	At    string `yaml:"at"`
	// By is which of the officers did it, counted from 1; 0 = the first.
	By int `yaml:"by,omitempty"`
	// Desk: the desk entered what the submitter said (add, withdraw).
	Desk bool `yaml:"desk,omitempty"`

	Text        string `yaml:"text,omitempty"`  // of a reply, question, note, comment, …
	Steps       string `yaml:"steps,omitempty"` // of an extension, beside its reasons in Text
	Final       int    `yaml:"final,omitempty"` // working days beyond the date in force
	Ground      string `yaml:"ground,omitempty"`
	Institution string `yaml:"institution,omitempty"`
	Score       int    `yaml:"score,omitempty"`
}

// Check finds what is wrong with the form of the samples; langs are those of the
// town. Whether the lifecycle allows the steps is told when they are loaded.
func (s Samples) Check(c *tenant.Checker) {
	seen := map[string]bool{}
	for i, one := range s.Cases {
		path := fmt.Sprintf("cases.%d", i)
		c.Key(path+".key", one.Key, seen)
		c.OneOf(path+".kind", one.Kind, Kinds()...)
		if one.Lang != "" {
			c.OneOf(path+".lang", one.Lang, c.Langs...)
		}
		if one.Channel != "" {
			c.OneOf(path+".channel", one.Channel, arrivals()...)
		}
		checkClock(c, path+".at", one.At)
		for field, value := range map[string]string{"title": one.Title, "body": one.Body} {
			if value == "" {
				c.Fault(path+"."+field, tenant.KeyCheckRequired, nil)
			}
		}
		if one.Anonymous == (one.Person != nil) {
			c.Fault(path+".person", tenant.KeyCheckRequired, nil)
		}
		for j, step := range one.Steps {
			at := fmt.Sprintf("%s.steps.%d", path, j)
			c.OneOf(at+".do", string(step.Do), sampleActions()...)
			checkClock(c, at+".at", step.At)
		}
	}
}

func checkClock(c *tenant.Checker, path, value string) {
	if _, err := time.Parse("15:04", value); err != nil {
		c.Fault(path, tenant.KeyCheckOneOf, map[string]any{"Value": value, "Allowed": "00:00–23:59"})
	}
}

// sampleActions are the steps that a sample may have: all but those that begin
// a case.
func sampleActions() []string {
	var all []string
	for _, line := range lifecycle {
		if line.From != nil && !slices.Contains(all, string(line.Do)) {
			all = append(all, string(line.Do))
		}
	}
	return all
}
