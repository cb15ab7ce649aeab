package web

import (
	"strings"
	"testing"
)

func TestMarkdown(t *testing.T) {
	for src, want := range map[string]string{
		"Vienas.\n\nDu.":                         "<p>Vienas.</p>\n<p>Du.</p>",
		"- **a**\n- *b*":                         "<ul>\n<li><strong>a</strong></li>\n<li><em>b</em></li>\n</ul>",
		"3. c":                                   "<ol start=\"3\">\n<li>c</li>\n</ol>",
		"# A\n## B\n###### C":                    "<h3>A</h3>\n<h4>B</h4>\n<h6>C</h6>",
		"> # in a quote":                         "<blockquote>\n<h3>in a quote</h3>\n</blockquote>",
		"[x](https://example.lt/a?b=c)":          `<p><a href="https://example.lt/a?b=c" rel="noreferrer">x</a></p>`,
		"[x](/lt/charter)":                       `<p><a href="/lt/charter">x</a></p>`,
		"[x](mailto:info@klaipeda.lt)":           `<p><a href="mailto:info@klaipeda.lt">x</a></p>`,
		"[x](tel:+37046396066)":                  `<p><a href="tel:+37046396066">x</a></p>`,
		"„Чл. 5“ & <b>":                          "<p>„Чл. 5“ &amp; </p>",
		"[x](javascript:alert(1))":               "<p>x</p>",
		"[x](data:text/html;base64,PHNjcmlwdD4)": "<p>x</p>",
		"![x](https://evil.example/p.png)":       "<p></p>",
		"<script>alert(1)</script>":              "",
	} {
		if got := strings.TrimSpace(Markdown(src)); got != want {
			t.Errorf("%q\n got %q\nwant %q", src, got, want)
		}
	}
}

// FuzzMarkdown holds what makes it safe to write the result into a page.
func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{
		"# a", "[a](javascript:x)", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "`<b>`", "[a]: javascript:x\n[a]",
		"<a href=\"java\tscript:x\">", "&lt;script&gt;", "<<script>script>", "<p style=\"x\">", "[x](//evil.example)",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		out := strings.ToLower(Markdown(src))
		for _, bad := range []string{"<script", "<img", "<svg", "<iframe", "<style", "<form", "<h1", "<h2", "<!--"} {
			if strings.Contains(out, bad) {
				t.Fatalf("%q came out of %q: %s", bad, src, out)
			}
		}
		for tag := range tags(out) {
			if strings.Contains(tag, " on") || strings.Contains(tag, "style=") || strings.Contains(tag, "javascript:") {
				t.Fatalf("tag <%s> came out of %q", tag, src)
			}
		}
	})
}

// tags gives what stands between < and > in sanitised HTML.
func tags(html string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for {
			_, rest, found := strings.Cut(html, "<")
			if !found {
				return
			}
			tag, after, _ := strings.Cut(rest, ">")
			if !yield(tag) {
				return
			}
			html = after
		}
	}
}
