package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"time"

	"charterhouse/config"
	"charterhouse/internal/app"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// window is where cases are filed in this very process: the service, opened and
// not listening.
type window struct {
	*app.Service
	towns []*filingTown
}

// filingTown is a town that takes cases. What its rules say is read once, as the
// pages keep it for as long as the town's revision stands.
type filingTown struct {
	town
	realm pg.Realm
	known *casework.Town
}

// mailServer is never asked: the jobs do not run here. That it is set makes
// letters wait in the queue, with the job that sends them.
const mailServer = "smtp://127.0.0.1:25"

// openWindow opens the service on a database at the address, with as many
// connections as one that was told nothing else.
func (b *bench) openWindow(ctx context.Context, address string, towns []town) (*window, error) {
	s, err := b.settings(few)
	if err != nil {
		return nil, err
	}
	s.DatabaseURL, s.SecretKey, s.SMTPURL = config.Secret(address), config.Secret(b.secret), config.Secret(mailServer)
	s.DataDir, s.LogLevel = filepath.Join(b.dir, "data"), "error"
	v, err := app.Open(ctx, s, os.Stderr)
	if err != nil {
		return nil, err
	}
	w := &window{Service: v}
	if err := w.read(ctx, towns); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

func (w *window) read(ctx context.Context, towns []town) error {
	if err := w.Server.Refresh(ctx); err != nil {
		return err
	}
	for _, t := range towns {
		realm, err := pg.Town(t.slug)
		if err != nil {
			return err
		}
		f := &filingTown{town: t, realm: realm}
		err = w.DB.Read(ctx, realm, func(tx *pg.Tx) (err error) {
			f.known, err = w.Desk.Read(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
		w.towns = append(w.towns, f)
	}
	return nil
}

// complaint is what a citizen writes, in each way of filing.
func complaint(lang string) casework.Filing {
	return casework.Filing{
		Kind: casework.Complaint, Lang: lang, Title: "Nedega žibintas prie mokyklos",
		Body:   "Prie mokyklos vartų nuo pirmadienio tamsu, vaikai grįžta be šviesos. Prašome sutvarkyti apšvietimą.\n\nAčiū.",
		Person: casework.Person{Name: "Ona Onaitė", Email: "ona.onaite@example.org", ReplyBy: casework.ByEmail},
	}
}

// file files one case.
func (w *window) file(ctx context.Context, t *filingTown) error {
	f := complaint(t.lang)
	return w.DB.Class(pg.Filing).Write(ctx, t.realm, func(tx *pg.Tx) (err error) {
		if f.Ticket, err = t.known.Ticket(tx.Now); err != nil {
			return err
		}
		_, err = t.known.Submit(ctx, tx, f)
		return err
	})
}

// everyTown lets each client file once in each town.
func (w *window) everyTown(ctx context.Context, clients int) error {
	return together(clients, func(client int) error {
		for i := range w.towns {
			if err := w.file(ctx, w.towns[(i+client*7)%len(w.towns)]); err != nil {
				return err
			}
		}
		return nil
	})
}

// stint is what some clients got done in some time.
type stint struct {
	done   int
	failed int
	rate   float64 // a second
	each   sample  // ms
	why    error   // the failures
}

// toil lets clients work for a while, each one job after another. one is told
// which client asks.
func toil(ctx context.Context, clients int, d time.Duration, one func(client int) error) stint {
	var all stint
	var mu sync.Mutex
	began := time.Now()
	_ = together(clients, func(client int) error {
		var own stint
		for time.Since(began) < d && ctx.Err() == nil {
			start := time.Now()
			if err := one(client); err != nil {
				own.failed++
				own.why = errors.Join(own.why, err)
				if own.failed == 3 {
					break // more would only say the same
				}
				continue
			}
			own.done++
			own.each = append(own.each, milliseconds(time.Since(start)))
		}
		mu.Lock()
		defer mu.Unlock()
		all.done, all.failed, all.each, all.why = all.done+own.done, all.failed+own.failed, append(all.each, own.each...), errors.Join(all.why, own.why)
		return nil
	})
	all.rate = float64(all.done) / time.Since(began).Seconds()
	return all
}

// together runs fn once for each client at the same time.
func together(clients int, fn func(client int) error) error {
	errs := make([]error, clients)
	var all sync.WaitGroup
	for client := range clients {
		all.Go(func() { errs[client] = fn(client) })
	}
	all.Wait()
	return errors.Join(errs...)
}

// anywhere files in towns at random, as pgbench chooses among its scripts.
func (w *window) anywhere(ctx context.Context, clients int, d time.Duration) stint {
	return toil(ctx, clients, d, func(int) error { return w.file(ctx, w.towns[rand.IntN(len(w.towns))]) })
}
