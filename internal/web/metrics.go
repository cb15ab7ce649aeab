package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics are counted per route pattern and town; both are bounded by what the
// service has, and neither comes from the request.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	// filesRefused counts files for which a town had no room.
	filesRefused *prometheus.CounterVec
}

func newMetrics(pages *pageCache) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "charter_requests_total", Help: "Requests answered, by route pattern, method, status class, town and whether the page cache had it.",
		}, []string{"route", "method", "status", "tenant", "cache"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "charter_request_seconds", Help: "Time from the request to the last byte handed over, by route pattern.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route"}),
		filesRefused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "charter_files_refused_total", Help: "Files that were refused because too much waits in the town.",
		}, []string{"tenant"}),
	}
	kept := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "charter_page_cache_bytes", Help: "Memory that the page cache counts as taken.",
	}, func() float64 { return float64(pages.size()) })
	m.registry.MustRegister(m.requests, m.seconds, m.filesRefused, kept, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// count adds one request that went through the router.
func (m *metrics) count(route, method string, status int, slug string, took time.Duration) {
	m.requests.WithLabelValues(route, methodLabel(method), statusClass(status), slug, "miss").Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// hits are the counters of one cached page, found once and not for each hit.
type hits struct {
	ok, unchanged prometheus.Counter
	seconds       prometheus.Observer
}

func (m *metrics) hits(route, slug string) *hits {
	return &hits{
		ok:        m.requests.WithLabelValues(route, http.MethodGet, "2xx", slug, "hit"),
		unchanged: m.requests.WithLabelValues(route, http.MethodGet, "3xx", slug, "hit"),
		seconds:   m.seconds.WithLabelValues(route),
	}
}

func (h *hits) count(status int, took time.Duration) {
	if status == http.StatusNotModified {
		h.unchanged.Inc()
	} else {
		h.ok.Inc()
	}
	h.seconds.Observe(took.Seconds())
}

// methodLabel bounds what logs and labels may say: a client can invent methods.
func methodLabel(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

func statusClass(status int) string { return strconv.Itoa(status/100) + "xx" }
