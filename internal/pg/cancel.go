package pg

import (
	"context"
	"database/sql/driver"
	"strconv"

	"github.com/lib/pq"
)

// heed has the server told when ctx ends before stop is called: whoever has gone
// needs no answer. lib/pq does it with a goroutine for each statement, which was
// a tenth of the processor time of a filing; this costs nothing until it happens,
// and then a connection of its own.
//
// A statement that may have been cancelled spoils the connection: the word can
// arrive late, when the next statement runs there.
func (c *conn) heed(ctx context.Context) (stop func()) {
	if ctx.Done() == nil {
		return func() {}
	}
	unheard := context.AfterFunc(ctx, c.cancel)
	return func() {
		if !unheard() {
			c.spoiled = true
		}
	}
}

// cancel asks the server to end what runs on the connection. Where it cannot be
// asked, statement_timeout ends it.
func (c *conn) cancel() {
	ctx, end := context.WithTimeout(context.Background(), slack)
	defer end()
	beside, err := pq.NewConnectorConfig(c.config)
	if err != nil {
		return
	}
	other, err := beside.Connect(ctx)
	if err != nil {
		return
	}
	defer other.Close()
	args := []driver.NamedValue{{Ordinal: 1, Value: c.backend}}
	_, _ = other.(session).ExecContext(ctx, `SELECT pg_cancel_backend($1)`, args)
}

// backendOf reads the number of the server's process.
func backendOf(v driver.Value) (int64, error) { return strconv.ParseInt(text(v), 10, 32) }

// heededRows heed the context until they are closed.
type heededRows struct {
	driver.Rows
	stop func()
}

// Close ends the answer.
func (r *heededRows) Close() error {
	err := r.Rows.Close()
	r.stop()
	return err
}
