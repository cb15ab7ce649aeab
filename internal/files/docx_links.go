package files

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"
)

// A Word document names what belongs to it in parts called .rels. What it names
// outside itself is fetched when it is opened: a template with macros, a picture
// that tells its owner who has read the complaint, a share that is shown the
// officer's password.

// relation is one line of such a part.
type relation struct {
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// aHarddisk is a path on the disk of whoever wrote the document: it is found
// nowhere else.
var aHarddisk = regexp.MustCompile(`(?i)^(file:/{1,3})?[a-z]:[\\/]`)

// fetches tells whether the relation makes a program ask somebody else for
// something. A link that a reader may follow does not.
func (r relation) fetches() bool {
	if !strings.EqualFold(r.Mode, "External") || strings.HasSuffix(strings.ToLower(r.Type), "/hyperlink") {
		return false
	}
	to := strings.TrimSpace(r.Target)
	return !aHarddisk.MatchString(to) && (strings.Contains(to, ":") || strings.HasPrefix(to, `\`) || strings.HasPrefix(to, "/"))
}

// reachesOut tells whether a part of the document has such a relation. The error
// is for one that is no XML: a reader that is kinder might find one in it.
func reachesOut(part string, content []byte) (bool, error) {
	if !strings.EqualFold(path.Ext(part), ".rels") || len(content) == 0 {
		return false, nil
	}
	in := xml.NewDecoder(bytes.NewReader(content))
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		start, begins := token.(xml.StartElement)
		if !begins || start.Name.Local != "Relationship" {
			continue
		}
		var r relation
		if err := in.DecodeElement(&r, &start); err != nil {
			return false, err
		}
		if r.fetches() {
			return true, nil
		}
	}
}
