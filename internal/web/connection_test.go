package web_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestAnErrorKeepsTheConnection: a proxy sends the next visitor's request over the
// same connection, and would answer 502 to a form if an error had ended it.
func TestAnErrorKeepsTheConnection(t *testing.T) {
	h := start(t)
	for _, first := range []string{
		"GET /lt/nowhere", "HEAD /lt/nowhere", "GET /lt/nowhere/", "DELETE /lt/charter", "GET /lt/%ff", "GET /api/nowhere", "GET /fr/charter",
	} {
		conn, err := net.Dial("tcp", h.addr)
		must(t, err)
		must(t, conn.SetDeadline(time.Now().Add(2*time.Minute)))
		lines := bufio.NewReader(conn)
		for _, request := range []string{first, "GET /lt/charter"} {
			method, _, _ := strings.Cut(request, " ")
			_, err := io.WriteString(conn, request+" HTTP/1.1\r\nHost: alpha.localhost\r\n\r\n")
			must(t, err)
			got, err := http.ReadResponse(lines, &http.Request{Method: method})
			if err != nil {
				t.Errorf("%s after %s: %v", request, first, err)
				break
			}
			_, err = io.Copy(io.Discard, got.Body)
			must(t, err)
			if ok := got.StatusCode == http.StatusOK; ok == (request == first) {
				t.Errorf("%s: %d", request, got.StatusCode)
			}
		}
		conn.Close()
	}
}

// TestALongAddressIsNotSentBack: whoever asks with a megabyte gets a page and not
// three megabytes.
func TestALongAddressIsNotSentBack(t *testing.T) {
	h := start(t)
	got := h.get(t, "alpha.localhost", "/lt/"+strings.Repeat("a", 900_000))
	if got.StatusCode != http.StatusRequestURITooLong || len(got.body) > 20_000 {
		t.Errorf("%d with %d bytes", got.StatusCode, len(got.body))
	}
}
