package web

import (
	"bytes"
	"regexp"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A town's first heading stands under what is above it on the page: the h1 of a
// page that is one text, or the h2 of a section.
const (
	underPage    = 1
	underSection = 2
)

// small is the Markdown a municipality may write: paragraphs, emphasis, lists,
// quotes, links and headings. Built once; both are safe for many goroutines.
var small = sync.OnceValues(func() (map[int]goldmark.Markdown, *bluemonday.Policy) {
	md := map[int]goldmark.Markdown{}
	for _, shift := range []int{underPage, underSection} {
		md[shift] = goldmark.New(goldmark.WithParserOptions(
			parser.WithASTTransformers(util.Prioritized(shiftHeadings(shift), 100))))
	}
	policy := bluemonday.NewPolicy()
	policy.AllowElements("p", "br", "em", "strong", "ul", "li", "blockquote", "h2", "h3", "h4", "h5", "h6", "code", "hr")
	policy.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,4}$`)).OnElements("ol")
	policy.AllowElements("ol")
	policy.AllowAttrs("href").OnElements("a")
	policy.AllowURLSchemes("https", "http", "mailto", "tel")
	policy.AllowRelativeURLs(true)
	policy.RequireParseableURLs(true)
	policy.RequireNoReferrerOnFullyQualifiedLinks(true)
	return md, policy
})

// Markdown turns small Markdown into HTML that holds nothing but plain text
// elements and links: raw HTML, images and scripts do not survive. Headings
// begin at h3, under the section's own.
func Markdown(src string) string { return markdown(src, underSection) }

func markdown(src string, shift int) string {
	md, policy := small()
	var buf bytes.Buffer
	if err := md[shift].Convert([]byte(src), &buf); err != nil {
		// goldmark fails only when the writer does, and a buffer does not.
		return policy.Sanitize(src)
	}
	return policy.Sanitize(buf.String())
}

// shiftHeadings lowers every heading; what would fall below h6 stays h6.
type shiftHeadings int

// Transform implements parser.ASTTransformer.
func (shift shiftHeadings) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		shift.in(n)
	}
}

func (shift shiftHeadings) in(n ast.Node) {
	if h, ok := n.(*ast.Heading); ok {
		h.Level = min(h.Level+int(shift), 6)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		shift.in(c)
	}
}
