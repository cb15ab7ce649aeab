package pg

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/lib/pq"
)

// What the door itself refuses.
var (
	// ErrBusy says that every connection of the class was taken for too long.
	ErrBusy = errors.New("pg: all connections of this class are in use")
	// ErrFenced says that the town's schema could not be migrated and waits for
	// the operator.
	ErrFenced = errors.New("pg: the realm is fenced: its last migration failed")
	// ErrGone says that the database was not asked, because it has not answered for
	// a while: see Presume.
	ErrGone = errors.New("pg: the database has not answered for a while")
	// ErrNested says that a transaction was to be opened inside another.
	ErrNested = errors.New("pg: a transaction is open already under this context")
	// ErrUnknown says that the connection was lost while COMMIT was under way:
	// what was written may stand or not. Whoever wrote under a nonce looks it up
	// in a new transaction before answering.
	ErrUnknown = errors.New("pg: the outcome of the commit is unknown")
)

// Unavailable tells that err means „try again later“ and no defect: the
// database is away or starting, the connection was lost, or the class is full.
func Unavailable(err error) bool {
	if err == nil {
		return false
	}
	for _, known := range []error{ErrBusy, ErrFenced, ErrGone, ErrUnknown, driver.ErrBadConn, sql.ErrConnDone, io.EOF, io.ErrUnexpectedEOF} {
		if errors.Is(err, known) {
			return true
		}
	}
	if e, ok := errors.AsType[*pq.Error](err); ok {
		// 08: connection; 53: out of connections, memory or disk; 57P: shut down
		// or starting; 25006: the server has become read-only (failover).
		code := string(e.Code)
		return strings.HasPrefix(code, "08") || strings.HasPrefix(code, "53") || strings.HasPrefix(code, "57P") || code == "25006"
	}
	_, network := errors.AsType[*net.OpError](err)
	return network
}
