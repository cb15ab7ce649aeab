package provision

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// limit is the largest package file that is read, in bytes.
const limit = 1 << 20

// Problem is one fault of a package: where it is and what to do about it.
type Problem struct {
	File  string `json:"file"`
	Line  int    `json:"line,omitempty"` // 0 = the file as a whole
	Field string `json:"field,omitempty"`
	Text  string `json:"text"`
}

func (p Problem) String() string {
	at := p.File
	if p.Line > 0 {
		at += ":" + strconv.Itoa(p.Line)
	}
	if p.Field != "" {
		at += ": " + p.Field
	}
	return at + ": " + p.Text
}

// file is one YAML file of a package, decoded and with its lines at hand.
type file struct {
	name     string
	root     *yaml.Node
	problems []Problem
}

// decode reads name into out strictly. What it finds wrong with the form stands
// in problems; out is then not to be trusted.
func decode(dir fs.FS, name string, out any) *file {
	f := &file{name: name}
	raw, err := readLimited(dir, name)
	if err != nil {
		return f.fault(0, "", err.Error())
	}
	var root yaml.Node
	if err := yaml.Unmarshal(raw, &root); err != nil {
		return f.yamlFaults(err)
	}
	f.root = &root
	// Anchors and aliases are how a small file becomes a huge one; a package needs
	// none, so none is followed.
	if n := firstAlias(&root); n != nil {
		return f.fault(n.Line, "", "anchors and aliases (& and *) are not allowed in a package; write the value out")
	}
	dec := yaml.NewDecoder(strings.NewReader(string(raw)))
	dec.KnownFields(true)
	if err := dec.Decode(out); err != nil {
		return f.yamlFaults(err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return f.fault(0, "", "the file holds more than one document; remove the lines from the second --- on")
	}
	return f
}

func readLimited(dir fs.FS, name string) ([]byte, error) {
	in, err := dir.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("the file is missing; a package needs it")
	}
	if err != nil {
		return nil, err
	}
	defer in.Close()
	raw, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return nil, fmt.Errorf("the file cannot be read: %w", err)
	}
	if len(raw) > limit {
		return nil, errors.New("the file is larger than 1 MB; a package file never needs to be")
	}
	return raw, nil
}

func (f *file) fault(line int, field, text string) *file {
	f.problems = append(f.problems, Problem{File: f.name, Line: line, Field: field, Text: text})
	return f
}

var (
	yamlLine    = regexp.MustCompile(`^(?:yaml: )?(?:unmarshal errors:\s*)?line (\d+): (.*)$`)
	yamlUnknown = regexp.MustCompile(`^field (\S+) not found in type \S+$`)
)

// yamlFaults reads line and field out of the library's messages.
func (f *file) yamlFaults(err error) *file {
	messages := []string{err.Error()}
	var many *yaml.TypeError
	if errors.As(err, &many) {
		messages = many.Errors
	}
	for _, m := range messages {
		line := 0
		if g := yamlLine.FindStringSubmatch(strings.TrimSpace(m)); g != nil {
			line, _ = strconv.Atoi(g[1])
			m = g[2]
		}
		field := ""
		if g := yamlUnknown.FindStringSubmatch(m); g != nil {
			field, m = g[1], "there is no such field; remove it or correct its name"
		}
		f.fault(line, field, m)
	}
	return f
}

func firstAlias(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return n
	}
	for _, c := range n.Content {
		if found := firstAlias(c); found != nil {
			return found
		}
	}
	return nil
}

// line finds where a path such as channels.2.kind stands; where a part of it is
// missing in the file, the line of what should hold it.
func (f *file) line(path string) int {
	if f.root == nil || len(f.root.Content) == 0 {
		return 0
	}
	n := f.root.Content[0]
	line := n.Line
	for step := range strings.SplitSeq(path, ".") {
		next, at := child(n, step)
		if next == nil {
			break
		}
		n, line = next, at
	}
	return line
}

func child(n *yaml.Node, step string) (*yaml.Node, int) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				return n.Content[i+1], n.Content[i].Line
			}
		}
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Content) {
			return n.Content[i], n.Content[i].Line
		}
	}
	return nil, 0
}
