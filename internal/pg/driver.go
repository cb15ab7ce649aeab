package pg

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/lib/pq"
)

// connector makes connections that know nothing but transactions of the door.
type connector struct {
	config pq.Config
	reply  time.Duration
}

// slack is what a reply may take beyond the server's own limit. After that the
// server, or the network to it, is gone without a word.
const slack = 5 * time.Second

func newConnector(address string, statement time.Duration) (*connector, error) {
	config, err := configOf(address)
	if err != nil {
		return nil, err
	}
	return &connector{config: config, reply: statement + slack}, nil
}

// configOf reads the address and adds what every connection of ours has. It
// refuses one that leaves sslmode to the driver, whose default changes.
func configOf(address string) (pq.Config, error) {
	named, err := namesSSLMode(address)
	if err != nil {
		return pq.Config{}, err
	}
	if !named {
		return pq.Config{}, errors.New("pg: the database URL does not say sslmode: add ?sslmode=verify-full " +
			"(a server elsewhere), or ?sslmode=disable (a server on this machine)")
	}
	config, err := pq.NewConfig(address)
	if err != nil {
		return pq.Config{}, errUnreadable
	}
	config.BinaryParameters = true // else a statement with arguments takes two round trips
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = slack
	}
	if config.ApplicationName == "" {
		config.ApplicationName = "charterhouse"
	}
	config = config.Clone()
	config.Runtime["TimeZone"] = "UTC"
	return config, nil
}

// errUnreadable keeps the password out of the log: the parsers' own errors repeat
// what they could not read.
var errUnreadable = errors.New("pg: the database URL cannot be read: it should be postgres://user:password@host/database?sslmode=…, with %-codes in the password")

func namesSSLMode(address string) (bool, error) {
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		u, err := url.Parse(address)
		if err != nil {
			return false, errUnreadable
		}
		return u.Query().Get("sslmode") != "", nil
	}
	return strings.Contains(address, "sslmode="), nil
}

// Driver is asked for by database/sql only.
func (c *connector) Driver() driver.Driver { return &pq.Driver{} }

func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	inner, err := pq.NewConnectorConfig(c.config)
	if err != nil {
		return nil, err
	}
	w := &wire{}
	inner.Dialer(w)
	raw, err := inner.Connect(ctx)
	if err != nil {
		return nil, err
	}
	w.settled = true
	return &conn{session: raw.(session), wire: w, reply: c.reply, config: c.config}, nil
}

// session is what a connection of lib/pq offers.
type session interface {
	driver.Conn
	driver.Tx
	driver.ConnPrepareContext
	driver.QueryerContext
	driver.ExecerContext
	driver.NamedValueChecker
	driver.SessionResetter
	driver.Validator
}

// wire remembers the connection's socket, so that a reply that never comes can
// be given up: lib/pq itself waits for ever.
type wire struct {
	net.Dialer
	socket  net.Conn
	settled bool // later dials are for cancel requests
}

func (w *wire) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := w.Dialer.DialContext(ctx, network, address)
	if err == nil && !w.settled {
		w.socket = c
	}
	return c, err
}

// DialTimeout completes pq.Dialer; lib/pq prefers DialContext.
func (w *wire) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return w.DialContext(ctx, network, address)
}

// within hangs up when the work between it and stop takes longer than limit.
func (w *wire) within(limit time.Duration) (stop func() bool) {
	return time.AfterFunc(limit, func() { _ = w.socket.Close() }).Stop
}

// conn lets nothing through outside a transaction opened by the door, and
// nothing without arguments that is not prepared.
type conn struct {
	session
	wire    *wire
	reply   time.Duration
	config  pq.Config // for the connection that cancels
	backend int64     // the server's process of the transaction
	open    bool
	spoiled bool // a statement may have been cancelled
}

var errNoTransaction = errors.New("pg: a statement outside a transaction of the door")

// BeginTx sends the opening as one message and checks the answer. Until then
// nothing has happened, so any failure of the connection may be tried again on
// another: that is how the service finds a restarted server.
func (c *conn) BeginTx(ctx context.Context, mode driver.TxOptions) (driver.Tx, error) {
	o, ok := ctx.Value(openingKey{}).(opening)
	if !ok {
		return nil, errNoTransaction
	}
	defer c.wire.within(c.reply)()
	user, schema, err := c.begin(ctx, o.script(mode))
	if err == nil {
		err = o.verify(user, schema)
	} else if _, answered := errors.AsType[*pq.Error](err); !answered {
		return nil, driver.ErrBadConn
	}
	if err != nil {
		if c.session.Rollback() != nil {
			return nil, driver.ErrBadConn
		}
		return nil, err
	}
	c.open = true
	return c, nil
}

func (c *conn) begin(ctx context.Context, script string) (user, schema string, err error) {
	rows, err := c.session.QueryContext(context.WithoutCancel(ctx), script, nil) // it is short
	if err != nil {
		return "", "", err
	}
	row := make([]driver.Value, 3)
	err = rows.Next(row)
	if err = errors.Join(err, rows.Close()); err != nil {
		return "", "", err
	}
	c.backend, err = backendOf(row[2])
	return text(row[0]), text(row[1]), err
}

func text(v driver.Value) string {
	if b, ok := v.([]byte); ok {
		return string(b)
	}
	s, _ := v.(string)
	return s
}

// Begin completes driver.Conn; database/sql prefers BeginTx.
func (c *conn) Begin() (driver.Tx, error) { return nil, errNoTransaction }

// Commit gives up after a while. Once the word COMMIT may have left, a lost
// connection means that nobody knows.
func (c *conn) Commit() error {
	if c.spoiled || !c.session.IsValid() {
		return driver.ErrBadConn // not sent: nothing was written
	}
	defer c.wire.within(commitTimeout)()
	err := c.session.Commit()
	if err == nil {
		c.open = false
		return nil
	}
	if !c.session.IsValid() {
		return fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	c.open = false // refused: the server has rolled back
	return err
}

// Rollback leaves a connection that could not roll back marked open, and with
// that unfit for the pool.
func (c *conn) Rollback() error {
	defer c.wire.within(commitTimeout)()
	err := c.session.Rollback()
	c.open = err != nil
	return err
}

// QueryContext answers ErrSkip without arguments: database/sql then prepares the
// statement, and a prepared one cannot hold a second behind a semicolon.
func (c *conn) QueryContext(ctx context.Context, q string, args []driver.NamedValue) (driver.Rows, error) {
	if !c.open {
		return nil, errNoTransaction
	}
	if len(args) == 0 {
		return nil, driver.ErrSkip
	}
	defer c.wire.within(c.reply)()
	stop := c.heed(ctx)
	rows, err := c.session.QueryContext(context.WithoutCancel(ctx), q, args)
	if err != nil {
		stop()
		return nil, err
	}
	return &heededRows{rows, stop}, nil
}

// ExecContext is as QueryContext.
func (c *conn) ExecContext(ctx context.Context, q string, args []driver.NamedValue) (driver.Result, error) {
	if !c.open {
		return nil, errNoTransaction
	}
	if len(args) == 0 {
		return nil, driver.ErrSkip
	}
	defer c.wire.within(c.reply)()
	defer c.heed(ctx)()
	return c.session.ExecContext(context.WithoutCancel(ctx), q, args)
}

// PrepareContext is for statements without arguments.
func (c *conn) PrepareContext(ctx context.Context, q string) (driver.Stmt, error) {
	if !c.open {
		return nil, errNoTransaction
	}
	defer c.wire.within(c.reply)()
	return c.session.PrepareContext(ctx, q)
}

// Prepare completes driver.Conn; database/sql prefers PrepareContext.
func (c *conn) Prepare(string) (driver.Stmt, error) { return nil, errNoTransaction }

// IsValid throws away a connection whose transaction did not end.
func (c *conn) IsValid() bool { return !c.open && !c.spoiled && c.session.IsValid() }
