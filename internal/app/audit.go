package app

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"charterhouse/config"
	"charterhouse/internal/audit"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// AuditReport is what the verification of one realm's chain found.
type AuditReport struct {
	// Realm is the slug of a town, or "portal".
	Realm   string `json:"realm"`
	Entries int64  `json:"entries"` // that hold, from the first on
	Erased  int64  `json:"erased"`  // of which the content was erased
	// Broken is the number of the first entry that does not hold; 0 = all do.
	Broken int64 `json:"broken"`
	// Head is the hash of the last entry that holds: a checkpoint to keep elsewhere.
	Head string `json:"head"`
	// Rewritten: the chain holds in itself, and is not the one that an earlier report
	// was made of.
	Rewritten bool `json:"rewritten"`
	// Checkpoints is how many signed ones are kept of the realm, and Newest when the
	// last was signed.
	Checkpoints int       `json:"checkpoints"`
	Newest      time.Time `json:"newest_checkpoint,omitzero"`
	// FailedLine of the file of checkpoints is the first that does not hold (0 = all
	// do), and Failure says why not.
	FailedLine int    `json:"failed_checkpoint"`
	Failure    string `json:"failure,omitempty"`
}

// Fails tells whether anything is wrong with the chain.
func (r AuditReport) Fails() bool { return r.Broken != 0 || r.Rewritten || r.FailedLine != 0 }

// portalName stands for the portal where towns stand by their slugs.
const portalName = "portal"

// AuditVerify walks the chains of one town (by its slug), of the portal
// ("portal"), or of all (""), each in one reading, and tells on progress how far
// it has come. Each chain must still hold what the signed checkpoints of it say, and
// what earlier, reports that were kept elsewhere, say. It refuses a town that the
// registry does not have.
func AuditVerify(ctx context.Context, s *config.Settings, slug string, earlier []AuditReport, progress io.Writer) ([]AuditReport, error) {
	h, err := newHouse(s)
	if err != nil {
		return nil, err
	}
	admin, err := h.admin(ctx)
	if err != nil {
		return nil, err
	}
	defer admin.Close()
	kept, err := h.checkpointsToCheck()
	if err != nil {
		return nil, err
	}
	names, err := chains(ctx, admin, slug)
	if err != nil {
		return nil, err
	}
	var all []AuditReport
	for i, name := range names {
		report, err := verifyChain(ctx, admin, name, kept, earlier, func(n int64) {
			fmt.Fprintf(progress, "%d/%d %s: %d entries\n", i+1, len(names), name, n)
		})
		if err != nil {
			return all, fmt.Errorf("verify the audit chain of %s: %w", name, err)
		}
		all = append(all, report)
	}
	return all, nil
}

// chains lists the realms to look at; towns that are suspended too, but none that
// was never finished.
func chains(ctx context.Context, admin *pg.Admin, slug string) (names []string, err error) {
	if slug == portalName {
		return []string{portalName}, nil
	}
	err = admin.Read(ctx, pg.Portal(), func(tx *pg.Tx) error {
		if slug != "" {
			names = []string{slug}
			_, err := tenant.StateOf(ctx, tx, slug)
			return err
		}
		towns, err := tenant.Slugs(ctx, tx)
		names = []string{portalName}
		for _, t := range towns {
			if t.State != tenant.Provisioning {
				names = append(names, t.Slug)
			}
		}
		return err
	})
	return names, err
}

// checkpointsToCheck is nil where none were kept: the chains can then be walked
// without a secret.
func (h *house) checkpointsToCheck() (*audit.Checkpoints, error) {
	if _, err := os.Stat(h.settings.Checkpoints()); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return h.checkpoints()
}

func verifyChain(ctx context.Context, admin *pg.Admin, name string, kept *audit.Checkpoints, earlier []AuditReport, seen func(int64)) (AuditReport, error) {
	realm := pg.Portal()
	if name != portalName {
		var err error
		if realm, err = pg.Town(name); err != nil {
			return AuditReport{}, err
		}
	}
	out := AuditReport{Realm: name}
	err := admin.Read(ctx, realm, func(tx *pg.Tx) error {
		report, _, err := audit.VerifyFrom(ctx, tx, 0, 0, seen)
		if err != nil {
			return err
		}
		out.Entries, out.Erased, out.Broken, out.Head = report.Entries, report.Erased, report.Broken, hex.EncodeToString(report.Head)
		if out.Rewritten, err = rewritten(ctx, tx, name, earlier); err != nil || kept == nil {
			return err
		}
		signed, err := kept.Check(ctx, tx)
		out.Checkpoints, out.Newest, out.FailedLine, out.Failure = signed.Kept, signed.Newest, signed.Line, signed.Why
		return err
	})
	return out, err
}

// rewritten tells whether the chain is not the one that an earlier report of it was
// made of.
func rewritten(ctx context.Context, tx *pg.Tx, name string, earlier []AuditReport) (is bool, err error) {
	for _, then := range earlier {
		if then.Realm != name {
			continue
		}
		hash, err := hex.DecodeString(then.Head)
		if err != nil {
			return false, fmt.Errorf("an earlier report of %s has no hash: %w", name, err)
		}
		stands, err := audit.Stands(ctx, tx, then.Entries, hash)
		if err != nil {
			return false, err
		}
		is = is || !stands
	}
	return is, nil
}
