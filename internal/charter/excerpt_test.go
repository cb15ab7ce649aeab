package charter

import "testing"

func TestAnExcerptShowsWhereItIsCut(t *testing.T) {
	const body = "Anonymous complaints are not looked at.\nComplaints are answered in writing."
	for excerpt, want := range map[string]string{
		"Anonymous \x01complaints\x02 are":                                             "Anonymous \x01complaints\x02 are …",
		"\x01Complaints\x02 are answered in writing":                                   "… \x01Complaints\x02 are answered in writing",
		"complaints are not looked at.\nComplaints are":                                "… complaints are not looked at.\nComplaints are …",
		"Anonymous complaints are not looked at.\nComplaints are answered in writing.": "Anonymous complaints are not looked at.\nComplaints are answered in writing.",
		"": "",
	} {
		if got := showCuts(excerpt, body); got != want {
			t.Errorf("%q is shown as %q, want %q", excerpt, got, want)
		}
	}
}
