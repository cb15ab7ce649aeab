package web

import "github.com/prometheus/client_golang/prometheus"

// fileGauges tell how much waits in each town for forms to be accepted, as it was
// last counted, and what everybody's forms may bring: who watches sees a flood
// before files are refused.
type fileGauges struct {
	server      *Server
	waits, room *prometheus.Desc
}

func newFileGauges(s *Server) *fileGauges {
	return &fileGauges{
		server: s,
		waits:  prometheus.NewDesc("charter_files_waiting_bytes", "Files of forms that are not accepted yet, by town, as this instance last counted them.", []string{"tenant"}, nil),
		room:   prometheus.NewDesc("charter_files_waiting_limit_bytes", "What the files of one town's forms may take while they wait.", nil, nil),
	}
}

// Describe is for the registry.
func (g *fileGauges) Describe(to chan<- *prometheus.Desc) { to <- g.waits; to <- g.room }

// Collect gives what is known without looking at the disk.
func (g *fileGauges) Collect(to chan<- prometheus.Metric) {
	if g.server.opt.Files == nil {
		return
	}
	waits, most := g.server.opt.Files.Waits()
	to <- prometheus.MustNewConstMetric(g.room, prometheus.GaugeValue, float64(most))
	now := g.server.state.Load()
	if now == nil {
		return
	}
	for _, s := range now.all() {
		if bytes, known := waits[s.realm]; known {
			to <- prometheus.MustNewConstMetric(g.waits, prometheus.GaugeValue, float64(bytes), s.slug)
		}
	}
}
