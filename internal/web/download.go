package web

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"charterhouse/internal/files"
)

// stream is a body that is sent as it is read.
type stream struct {
	content io.ReadSeekCloser
	size    int64
}

// downloadPatience is how long a file may take on its way to the reader.
const downloadPatience = 10 * time.Minute

// Download offers a kept file for saving. It is never shown in place: whatever
// it holds, no browser takes it for a page of ours. content is closed when it was
// sent. The handler has asked before who may have it.
func Download(f files.File, content io.ReadSeekCloser) Reply {
	return Reply{
		status: http.StatusOK, kind: f.Kind, filename: files.Named(f.Name, f.Kind), caching: noStore, secret: true,
		stream: &stream{content: content, size: f.Size},
	}
}

// write sends the file; one that is not what was kept is cut off rather than
// passed for it.
func (s *stream) write(a *answer, w http.ResponseWriter, r *http.Request) (status, sent int, err error) {
	defer func() { err = errors.Join(err, s.content.Close()) }()
	h := w.Header()
	h["Cache-Control"], h["Content-Type"], h["Content-Disposition"] = a.control, a.contentType, a.disposition
	h["Content-Security-Policy"] = headerSandbox
	h["Content-Length"] = []string{strconv.FormatInt(s.size, 10)}
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Time{}) // a connection without deadlines needs none moved
	limit := time.AfterFunc(downloadPatience, func() { _ = control.SetWriteDeadline(time.Unix(1, 0)) })
	defer limit.Stop()
	w.WriteHeader(a.status)
	if r.Method == http.MethodHead {
		return a.status, 0, nil
	}
	n, err := io.Copy(w, io.LimitReader(s.content, s.size))
	return a.status, int(n), err
}
