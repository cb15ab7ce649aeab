package web

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

// How long a count of jobs is good for, and how long one may take: /metrics
// answers without it rather than late.
const (
	jobsCountedFor = 15 * time.Second
	jobsCountLimit = 2 * time.Second
)

// jobGauges tells of each realm how much work was given up and how much waits that
// could be done. The realms are asked when the metrics are read, whichever process
// does the work, and not more often than once in jobsCountedFor.
type jobGauges struct {
	server     *Server
	dead, late *prometheus.Desc

	mu     sync.Mutex
	at     time.Duration // in Ticks
	counts map[string]jobs.Counts
}

func newJobGauges(s *Server) *jobGauges {
	return &jobGauges{
		server: s,
		dead:   prometheus.NewDesc("charter_jobs_dead", "Jobs that were given up and wait for somebody to run them again, by town.", []string{"tenant"}, nil),
		late:   prometheus.NewDesc("charter_jobs_late", "Jobs that wait and could be done already, by town.", []string{"tenant"}, nil),
	}
}

// Describe is for the registry.
func (g *jobGauges) Describe(to chan<- *prometheus.Desc) { to <- g.dead; to <- g.late }

// Collect gives what is known; a realm that did not answer is left out.
func (g *jobGauges) Collect(to chan<- prometheus.Metric) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now := g.server.opt.Ticks(); g.counts == nil || now-g.at > jobsCountedFor {
		g.at, g.counts = now, g.count()
	}
	for slug, c := range g.counts {
		to <- prometheus.MustNewConstMetric(g.dead, prometheus.GaugeValue, float64(c.Dead), slug)
		to <- prometheus.MustNewConstMetric(g.late, prometheus.GaugeValue, float64(c.Late), slug)
	}
}

func (g *jobGauges) count() map[string]jobs.Counts {
	counts := map[string]jobs.Counts{}
	now := g.server.state.Load()
	if now == nil || g.server.opt.Ticks()-now.readAt > freshFor {
		return counts // the database is away, and nobody waits for it
	}
	ctx, cancel := context.WithTimeout(context.Background(), jobsCountLimit)
	defer cancel()
	for _, s := range now.all() {
		err := g.server.opt.DB.Class(pg.Jobs).Read(ctx, s.realm, func(tx *pg.Tx) error {
			c, err := jobs.Count(ctx, tx)
			counts[s.slug] = c
			return err
		})
		if err != nil {
			delete(counts, s.slug)
			g.server.opt.Log.Warn("metrics: the jobs of a realm could not be counted", "tenant", s.slug, "error", err)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return counts
}
