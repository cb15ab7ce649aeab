package assets

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

const styles = "body{color:red}"

func small(t *testing.T) fstest.MapFS {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write([]byte(styles))
	w.Close()
	dir := fstest.MapFS{
		"site-0a1b.css":    {Data: []byte(styles)},
		"site-0a1b.css.gz": {Data: packed.Bytes()},
		".gitkeep":         {},
	}
	manifest := map[string]map[string]any{
		"site.css": {"path": "site-0a1b.css", "size": len(styles), "gzip": packed.Len()},
	}
	for _, script := range []string{"latin", "cyrillic"} {
		for _, family := range []string{"inter", "source-serif-4"} {
			name := family + "-" + script + "-wght-normal"
			dir[name+"-AB.woff2"] = &fstest.MapFile{Data: []byte("wOF2" + name)}
			manifest[name+".woff2"] = map[string]any{"path": name + "-AB.woff2", "size": 4 + len(name)}
		}
	}
	list, err := json.Marshal(manifest)
	if err != nil {
		t.Fatal(err)
	}
	dir["manifest.json"] = &fstest.MapFile{Data: list}
	return dir
}

// sets are the small set and, where the build command has run, the real one.
func sets(t *testing.T) map[string]*Set {
	t.Helper()
	all := map[string]*Set{}
	s, err := From(small(t))
	if err != nil {
		t.Fatal(err)
	}
	all["small"] = s
	built, err := Load()
	switch {
	case err == nil:
		all["built"] = built
	case errors.Is(err, ErrNotBuilt) && os.Getenv("CI") == "":
		t.Log("NOT BUILT: only the small set is tested; run go run ./internal/web/assets/build")
	default:
		t.Fatal(err)
	}
	return all
}

func ask(s *Set, method, path string, header ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) []byte {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestServesEachFileInBothForms(t *testing.T) {
	for name, s := range sets(t) {
		t.Run(name, func(t *testing.T) {
			for path, f := range s.files {
				plain := ask(s, "GET", path)
				if plain.StatusCode != 200 || plain.Header.Get("Content-Encoding") != "" || !bytes.Equal(body(t, plain), f.body) {
					t.Errorf("%s plain: %v", path, plain)
				}
				for key, want := range map[string]string{
					"Cache-Control":          "public, max-age=31536000, immutable",
					"X-Content-Type-Options": "nosniff",
					"Content-Type":           f.kind,
					"Content-Length":         fmt.Sprint(len(f.body)),
				} {
					if got := plain.Header.Get(key); got != want {
						t.Errorf("%s: %s is %q, wanted %q", path, key, got, want)
					}
				}
				packed := ask(s, "GET", path, "Accept-Encoding", "br, gzip;q=0.8")
				if f.gzip == nil {
					if packed.Header.Get("Content-Encoding") != "" || packed.Header.Get("Vary") != "" {
						t.Errorf("%s has no compressed form: %v", path, packed.Header)
					}
					continue
				}
				if packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("Vary") != "Accept-Encoding" || plain.Header.Get("Vary") != "Accept-Encoding" {
					t.Errorf("%s compressed: %v", path, packed.Header)
				}
				if packed.Header.Get("ETag") == plain.Header.Get("ETag") {
					t.Errorf("%s: both forms have the ETag %s", path, packed.Header.Get("ETag"))
				}
				if packed.Header.Get("Content-Length") != fmt.Sprint(len(f.gzip)) {
					t.Errorf("%s: length %s of %d", path, packed.Header.Get("Content-Length"), len(f.gzip))
				}
				unzip, err := gzip.NewReader(packed.Body)
				if err != nil {
					t.Fatal(err)
				}
				if got, err := io.ReadAll(unzip); err != nil || !bytes.Equal(got, f.body) {
					t.Errorf("%s does not unpack to itself: %v", path, err)
				}
			}
		})
	}
}

func TestConditionalAndHead(t *testing.T) {
	s := sets(t)["small"]
	path := s.Path("site.css")
	for _, encoding := range []string{"", "gzip"} {
		first := ask(s, "GET", path, "Accept-Encoding", encoding)
		tag := first.Header.Get("ETag")
		for _, match := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
			again := ask(s, "GET", path, "Accept-Encoding", encoding, "If-None-Match", match)
			if again.StatusCode != 304 || len(body(t, again)) != 0 || again.Header.Get("ETag") != tag {
				t.Errorf("%q with %s: %v", encoding, match, again)
			}
		}
		if other := ask(s, "GET", path, "Accept-Encoding", encoding, "If-None-Match", `"other"`); other.StatusCode != 200 {
			t.Errorf("another ETag: %d", other.StatusCode)
		}
		head := ask(s, "HEAD", path, "Accept-Encoding", encoding)
		if head.StatusCode != 200 || len(body(t, head)) != 0 || head.Header.Get("Content-Length") != first.Header.Get("Content-Length") {
			t.Errorf("HEAD: %v", head)
		}
	}
	if crossed := ask(s, "GET", path, "If-None-Match", ask(s, "GET", path, "Accept-Encoding", "gzip").Header.Get("ETag")); crossed.StatusCode != 200 {
		t.Errorf("the plain form answered to the ETag of the compressed one: %d", crossed.StatusCode)
	}
}

func TestNothingElseIsServed(t *testing.T) {
	for name, s := range sets(t) {
		for _, path := range []string{"/assets/", "/assets", "/", "/assets/manifest.json", "/assets/.gitkeep", "/assets/site.css", s.Path("site.css") + ".gz", "/assets/../assets.go", "/assets//" + strings.TrimPrefix(s.Path("site.css"), Prefix)} {
			req := httptest.NewRequest("GET", "http://x.example/", nil)
			req.URL.Path = path
			w := httptest.NewRecorder()
			s.ServeHTTP(w, req)
			if w.Code != 404 || w.Body.Len() != 0 || w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %s answers %d %v", name, path, w.Code, w.Header())
			}
		}
		for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS"} {
			if r := ask(s, method, s.Path("site.css")); r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s: %s answers %d", name, method, r.StatusCode)
			}
		}
	}
}

func TestTakesGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "br, gzip": true, "gzip;q=0": false, "gzip; q=0.0": false, "gzip;q=0.001": true,
		"*": true, "*;q=0": false, "gzip;q=0, *": false, "*, gzip;q=0": false, "br": false, "identity": false, "gzip;q=x": false, "x-gzip": false,
	} {
		if got := takesGzip(header); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
}

func TestPathsAndFonts(t *testing.T) {
	for name, s := range sets(t) {
		for _, lang := range []string{"lt", "bg", "en", ""} {
			fonts := s.Fonts(lang)
			if len(fonts) != 2 || fonts[0] == fonts[1] || strings.Contains(fonts[0], "cyrillic") != (lang == "bg") {
				t.Errorf("%s: fonts of %q: %v", name, lang, fonts)
			}
			for _, f := range fonts {
				if r := ask(s, "GET", f); r.StatusCode != 200 || r.Header.Get("Content-Type") != "font/woff2" {
					t.Errorf("%s: %s answers %d", name, f, r.StatusCode)
				}
			}
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: a name that was never built has a path", name)
				}
			}()
			s.Path("nothing.css")
		}()
	}
}

func TestABrokenFolderIsRefused(t *testing.T) {
	if _, err := From(fstest.MapFS{".gitkeep": {}}); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("an empty folder: %v", err)
	}
	for what, spoil := range map[string]func(fstest.MapFS){
		"missing file":    func(d fstest.MapFS) { delete(d, "site-0a1b.css") },
		"missing gzip":    func(d fstest.MapFS) { delete(d, "site-0a1b.css.gz") },
		"cut short":       func(d fstest.MapFS) { d["site-0a1b.css"] = &fstest.MapFile{Data: []byte("body{")} },
		"broken manifest": func(d fstest.MapFS) { d["manifest.json"] = &fstest.MapFile{Data: []byte("{")} },
		"unknown type": func(d fstest.MapFS) {
			d["manifest.json"] = &fstest.MapFile{Data: []byte(`{"a":{"path":"a.exe","size":0}}`)}
			d["a.exe"] = &fstest.MapFile{}
		},
	} {
		dir := small(t)
		spoil(dir)
		if _, err := From(dir); err == nil {
			t.Errorf("%s: accepted", what)
		}
	}
}

// A page with its sheets is at most 30 KB compressed; the sheets leave at least
// 13 KB of it to the text.
func TestWeight(t *testing.T) {
	s, built := sets(t)["built"]
	if !built {
		return
	}
	site, script := len(s.files[s.Path("site.css")].gzip), len(s.files[s.Path("site.js")].gzip)
	t.Logf("site.css %d bytes, site.js %d bytes, compressed", site, script)
	if site == 0 || site+script > 17_000 {
		t.Errorf("site.css and site.js weigh %d + %d bytes compressed", site, script)
	}
}
