package web_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/files"
	"charterhouse/internal/pg"
	"charterhouse/internal/web"
)

// TestARefusedFormLosesNoFile: files wait under the nonce until the form is
// accepted, may be taken away, and are kept once.
func TestARefusedFormLosesNoFile(t *testing.T) {
	d := openDesk(t)
	nonce := d.nonce(t)
	send := func(fields []string, named ...string) reply {
		t.Helper()
		kind, body := upload(t, append([]string{"nonce", nonce}, fields...), named...)
		return d.body(t, "alpha.localhost", "/lt/send", kind, body)
	}
	got := send([]string{"said", ""}, "vienas.pdf", pdf+"1\n%%EOF", "du.pdf", pdf+"2\n%%EOF")
	if got.StatusCode != 422 || !strings.Contains(got.body, "vienas.pdf") || !strings.Contains(got.body, "du.pdf") {
		t.Fatalf("refused: %d\n%s", got.StatusCode, got.body)
	}
	// The same files again, as browsers send them when one goes back, are no more files.
	got = send([]string{"said", ""}, "vienas.pdf", pdf+"1\n%%EOF", "du.pdf", pdf+"2\n%%EOF")
	ids := dropOf.FindAllStringSubmatch(got.body, -1)
	if len(ids) != 2 {
		t.Fatalf("%d files wait, want 2\n%s", len(ids), got.body)
	}
	got = send([]string{"said", "", "drop", ids[1][1]})
	if strings.Contains(got.body, "du.pdf") || !strings.Contains(got.body, "vienas.pdf") {
		t.Errorf("one was taken away:\n%s", got.body)
	}
	// A file that is refused is named, and neither text nor the other files are lost.
	for name, c := range map[string][2]string{
		"a page": {"x.html", "<script>alert(1)</script>"}, "empty": {"x.pdf", ""}, "too large": {"x.pdf", strings.Repeat("a", 26<<20)},
	} {
		got = send([]string{"said", "tekstas"}, c[0], c[1])
		if got.StatusCode != 422 || !strings.Contains(got.body, ">\ntekstas</textarea>") || !strings.Contains(got.body, "vienas.pdf") || !strings.Contains(got.body, `href="#files"`) {
			t.Errorf("%s: %d\n%s", name, got.StatusCode, got.body)
		}
	}
	if got = send([]string{"said", "x"}, "3.pdf", pdf+"3\n%%EOF", "4.pdf", pdf+"4\n%%EOF", "5.pdf", pdf+"5\n%%EOF"); got.StatusCode != 422 || strings.Contains(got.body, "5.pdf</span> <span") {
		t.Errorf("four files where three are taken: %d\n%s", got.StatusCode, got.body)
	}
	if got = send([]string{"said", "pagaliau"}, "", ""); got.StatusCode != 200 {
		t.Fatalf("accepted: %d\n%s", got.StatusCode, got.body)
	}
	if n := d.count(t, `SELECT count(*) FROM t_alpha.files`); n != 3 {
		t.Errorf("%d files are kept, want 3", n)
	}
	if left := filesBelow(t, filepath.Join(d.dir, "t_alpha", "staged")); len(left) != 0 {
		t.Errorf("these still wait: %v", left)
	}
	if left := filesBelow(t, filepath.Join(d.dir, "spool")); len(left) != 0 {
		t.Errorf("these were left: %v", left)
	}
}

func filesBelow(t *testing.T, dir string) (all []string) {
	t.Helper()
	_ = filepath.WalkDir(dir, func(p string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			all = append(all, p)
		}
		return nil
	})
	return all
}

// TestFilesThatMayNotCome are read past and not kept.
func TestFilesThatMayNotCome(t *testing.T) {
	d := openDesk(t)
	d.hire(t, "alpha", "ona@alpha.lt", access.Officer)
	d.hire(t, "alpha", "jonas@alpha.lt", access.Viewer)
	officer, viewer := d.session(t, "alpha.localhost", "ona@alpha.lt"), d.session(t, "alpha.localhost", "jonas@alpha.lt")
	nonce := d.nonce(t)
	for _, c := range []struct {
		path, cookie string
		status       int
		staged       int
	}{
		{"/lt/closed", "", 422, 0}, {"/lt/bare", "", 400, 0}, {"/lt/desk/cases/1", "", 303, 0}, {"/lt/desk/cases/1", viewer, 403, 0}, {"/lt/desk/cases/1", officer, 422, 1},
	} {
		kind, body := upload(t, []string{"nonce", nonce, "said", ""}, "a.pdf", pdf)
		if got := d.body(t, "alpha.localhost", c.path, kind, body, "Cookie", c.cookie); got.StatusCode != c.status {
			t.Errorf("%s: %d, want %d\n%s", c.path, got.StatusCode, c.status, got.body)
		}
		// Content and description.
		if n := len(filesBelow(t, filepath.Join(d.dir, "t_alpha", "staged"))); n != 2*c.staged {
			t.Errorf("%s: %d files lie on the disk", c.path, n)
		}
	}
	// A body that is larger than twice what is taken is not even read.
	kind, _ := upload(t, nil)
	got := d.raws(t, "POST", "POST /lt/send HTTP/1.1\r\nHost: alpha.localhost\r\nContent-Type: "+kind+"\r\nContent-Length: 999999999\r\nConnection: close\r\n\r\n")
	if got.StatusCode != 413 || !strings.Contains(got.body, "<h1>Atsiųsta per daug duomenų</h1>") {
		t.Errorf("a gigabyte: %d\n%s", got.StatusCode, got.body)
	}
}

// TestSlowBodies: a byte now and then holds no connection for long, a body that
// keeps coming is taken.
func TestSlowBodies(t *testing.T) {
	d := openDesk(t)
	d.SetBodyPatience(300 * time.Millisecond)
	nonce := d.nonce(t)
	kind, whole := upload(t, []string{"nonce", nonce, "said", "slow"}, "a.pdf", pdf)
	head := fmt.Sprintf("POST /lt/send HTTP/1.1\r\nHost: alpha.localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", kind, whole.Len())
	began := time.Now()
	got := trickle(t, d.addr, head, whole.Bytes()[:min(500, whole.Len())], 1, 100*time.Millisecond)
	if took := time.Since(began); got.StatusCode != 408 || took > 30*time.Second || !strings.Contains(got.body, "<h1>Duomenys siųsti per lėtai</h1>") {
		t.Errorf("a byte at a time: %d after %v\n%s", got.StatusCode, took, got.body)
	}
	// In all it takes twice the patience, each piece a sixth of it: a busy machine
	// may be late with one.
	d.SetBodyPatience(1500 * time.Millisecond)
	large := pdf + strings.Repeat("a", 100<<10) + "\n%%EOF"
	kind, whole = upload(t, []string{"nonce", nonce, "said", "steady"}, "a.pdf", large)
	head = fmt.Sprintf("POST /lt/send HTTP/1.1\r\nHost: alpha.localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", kind, whole.Len())
	if got := trickle(t, d.addr, head, whole.Bytes(), 8<<10, 250*time.Millisecond); got.StatusCode != 200 {
		t.Errorf("8 KB at a time: %d\n%s", got.StatusCode, got.body)
	}
}

// trickle sends a body in pieces and reads the answer.
func trickle(t *testing.T, addr, head string, body []byte, piece int, pause time.Duration) reply {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	must(t, err)
	defer conn.Close()
	must(t, conn.SetDeadline(time.Now().Add(2*time.Minute)))
	go func() {
		if _, err := io.WriteString(conn, head); err != nil {
			return
		}
		for len(body) > 0 {
			n := min(piece, len(body))
			if _, err := conn.Write(body[:n]); err != nil {
				return
			}
			body = body[n:]
			time.Sleep(pause)
		}
	}()
	r, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: "POST"})
	must(t, err)
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	must(t, err)
	return reply{r, string(text)}
}

// TestADownloadIsNoPage: a kept file is given out to be saved, whatever it is.
func TestADownloadIsNoPage(t *testing.T) {
	d := openDesk(t)
	d.hire(t, "alpha", "ona@alpha.lt", access.Officer)
	cookie := d.session(t, "alpha.localhost", "ona@alpha.lt")
	nonce := d.nonce(t)
	content := pdf + strings.Repeat("a", 100<<10) + "\n%%EOF"
	kind, body := upload(t, []string{"nonce", nonce, "said", "x"}, "Žalia \"šaka\".pdf", content)
	if got := d.body(t, "alpha.localhost", "/lt/send", kind, body); got.StatusCode != 200 {
		t.Fatalf("%d\n%s", got.StatusCode, got.body)
	}
	var id string
	must(t, d.raw.QueryRow(`SELECT id FROM t_alpha.files`).Scan(&id))
	got := d.get(t, "alpha.localhost", "/lt/desk/cases/"+id+"/file", "Cookie", cookie)
	if got.StatusCode != 200 || got.body != content {
		t.Fatalf("%d, %d bytes\n%.300s", got.StatusCode, len(got.body), got.body)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'",
		"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "Content-Encoding": "", "Set-Cookie": "",
	} {
		if got.Header.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, got.Header.Get(name), want)
		}
	}
	if disposition := got.Header.Get("Content-Disposition"); !strings.HasPrefix(disposition, `attachment; filename="`) || !strings.Contains(disposition, "filename*=UTF-8''%C5%BDalia") {
		t.Errorf("disposition: %s", disposition)
	}
	if got := d.do(t, "HEAD", "alpha.localhost", "/lt/desk/cases/"+id+"/file", "Cookie", cookie); got.StatusCode != 200 || got.ContentLength != int64(len(content)) {
		t.Errorf("HEAD: %d %d", got.StatusCode, got.ContentLength)
	}
	if got := d.get(t, "alpha.localhost", "/lt/desk/cases/"+id+"/file"); got.StatusCode != 303 {
		t.Errorf("without a session: %d", got.StatusCode)
	}
	must(t, os.RemoveAll(filepath.Join(d.dir, "t_alpha", "kept")))
	if got := d.get(t, "alpha.localhost", "/lt/desk/cases/"+id+"/file", "Cookie", cookie); got.StatusCode != 410 {
		t.Errorf("a file that is gone: %d", got.StatusCode)
	}
}

// TestTwelvePhotographsAtATime holds the memory that uploads take: they lie on the
// disk, and however many come together, two are drawn anew at a time.
func TestTwelvePhotographsAtATime(t *testing.T) {
	const examiners = 2
	var photo bytes.Buffer
	must(t, jpeg.Encode(&photo, image.NewNRGBA(image.Rect(0, 0, 1200, 800)), nil))
	d := openDesk(t, func(o *web.Options) { o.Rates = map[web.Pace]web.Rate{} })
	// All forms first, so that the photographs come together.
	var nonces []string
	for range 12 {
		nonces = append(nonces, d.nonce(t))
	}
	done, peak := make(chan struct{}), make(chan int)
	go func() {
		stacks, most := make([]byte, 4<<20), 0
		for {
			// Each goroutine that looks at a file has this call once in its stack.
			all := stacks[:runtime.Stack(stacks, true)]
			most = max(most, bytes.Count(all, []byte("internal/files.(*Store).Stage(")))
			select {
			case <-done:
				peak <- most
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	var all sync.WaitGroup
	for _, nonce := range nonces {
		all.Go(func() {
			kind, body := upload(t, []string{"nonce", nonce, "said", "large"}, "a.jpg", photo.String())
			if got := d.body(t, "alpha.localhost", "/lt/send", kind, body); got.StatusCode != 200 {
				t.Errorf("an upload: %d", got.StatusCode)
			}
		})
	}
	all.Wait()
	close(done)
	if most := <-peak; most == 0 || most > examiners {
		t.Errorf("%d photographs were looked at at a time, want 1 to %d", most, examiners)
	}
	if n := d.count(t, `SELECT count(*) FROM t_alpha.files`); n != 12 {
		t.Errorf("%d files are kept, want 12", n)
	}
}

// TestATownWhoseFilesFillTheirRoom: a file is refused with what to do, the form keeps
// its text, another town takes files and so does a form of the town's own staff;
// the operator sees it in the log and the metrics.
func TestATownWhoseFilesFillTheirRoom(t *testing.T) {
	small, err := files.Open(t.TempDir(), files.Room{Bytes: 4 * 8192, Ticks: func() time.Duration { return 0 }})
	must(t, err)
	t.Cleanup(func() { small.Close() })
	d := openDesk(t, func(o *web.Options) { o.Files = small })
	d.hire(t, "alpha", "ona@alpha.lt", access.Officer)
	officer := d.session(t, "alpha.localhost", "ona@alpha.lt")
	refused := 0
	bring := func(path, cookie string) reply {
		t.Helper()
		kind, body := upload(t, []string{"nonce", d.nonce(t), "said", ""}, "a.pdf", pdf+"1\n%%EOF")
		got := d.body(t, "alpha.localhost", path, kind, body, "Cookie", cookie)
		if got.StatusCode != 422 {
			t.Errorf("%s: %d\n%s", path, got.StatusCode, got.body)
		}
		return got
	}
	const words = "laukia per daug"
	for range 7 {
		if got := bring("/lt/send", ""); strings.Contains(got.body, words) {
			refused++
			if !strings.Contains(got.body, `href="#files"`) || dropOf.MatchString(got.body) {
				t.Errorf("the refusal is not said of the files, or the file waits:\n%s", got.body)
			}
		}
	}
	if refused != 3 {
		t.Fatalf("%d of seven files were refused, want 3", refused)
	}
	if got := bring("/lt/desk/cases/1", officer); !dropOf.MatchString(got.body) {
		t.Errorf("the town's own officer finds no room:\n%s", got.body)
	}
	beta, err := pg.Town("beta")
	must(t, err)
	_, err = small.Stage(t.Context(), beta, d.nonce(t), "a.pdf", false, strings.NewReader(pdf+"1\n%%EOF"))
	must(t, err)
	text := d.get(t, "x", "/metrics").body
	for _, want := range []string{
		`charter_files_refused_total{tenant="alpha"} 3`, `charter_files_waiting_bytes{tenant="alpha"} 40960`,
		`charter_files_waiting_bytes{tenant="beta"} 8192`, `charter_files_waiting_limit_bytes 32768`,
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("the metrics do not say %q", want)
		}
	}
	if n := strings.Count(d.log.String(), "CHARTER_FILES_WAITING_MB"); n != 3 {
		t.Errorf("the log tells of %d refused files, want 3:\n%s", n, d.log)
	}
}

// TestTheSweepTakesOldFoldersToo: what nobody sent within a day goes with its
// folder; what is young stays.
func TestTheSweepTakesOldFoldersToo(t *testing.T) {
	d := openDesk(t)
	alpha, err := pg.Town("alpha")
	must(t, err)
	folder := filepath.Join(d.dir, "t_alpha", "staged")
	stage := func(form string) {
		t.Helper()
		_, err := d.files.Stage(t.Context(), alpha, form, "a.pdf", false, strings.NewReader(pdf+"1\n%%EOF"))
		must(t, err)
	}
	stage("old")
	before := d.now.Load().Add(-25 * time.Hour)
	must(t, filepath.WalkDir(folder, func(p string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Chtimes(p, before, before))
	}))
	stage("young")
	must(t, d.db.Write(t.Context(), alpha, func(tx *pg.Tx) error {
		_, err := d.files.Sweep(t.Context(), tx)
		return err
	}))
	folders, err := os.ReadDir(folder)
	must(t, err)
	if files := filesBelow(t, folder); len(folders) != 1 || len(files) != 2 {
		t.Errorf("%d folders and %v are left", len(folders), files)
	}
	if waiting, err := d.files.Waiting(alpha, "young"); err != nil || len(waiting) != 1 {
		t.Errorf("of the young form %v waits: %v", waiting, err)
	}
}
