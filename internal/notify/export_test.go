package notify

import (
	"context"
	"crypto/x509"
	"net"
	"time"
)

// Reach leads whatever name the mail server has to an address of the test, with
// its own certificates and its own patience.
func (p *Post) Reach(address string, roots *x509.CertPool, limit time.Duration) {
	p.server.dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}
	p.server.config.RootCAs = roots
	p.server.limit = limit
}

// Patience is how long letters are tried to be sent, at the least.
func (p *Post) Patience() time.Duration {
	k := p.Jobs()[0]
	var sum time.Duration
	for n := 1; n < k.Attempts; n++ {
		sum += k.Pause(n) * 3 / 4
	}
	return sum
}
