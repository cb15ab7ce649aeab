package embedded

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is whom the server runs as: PostgreSQL refuses to run as root.
type account struct {
	uid, gid int
	dropped  bool // not ourselves
}

// runAs is ourselves, or for root the first of postgres and nobody.
func runAs() (account, error) {
	if os.Geteuid() != 0 {
		return account{uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err1 == nil && err2 == nil {
			return account{uid: uid, gid: gid, dropped: true}, nil
		}
	}
	return account{}, errors.New("PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as: start charter as an ordinary user")
}

// Place gives the directory for the private server's data: .data in the clone,
// or, where the user that the server runs as cannot reach it (a clone below
// /root), a directory in /var/tmp named after the clone. The second result
// tells the caller to print it.
func Place(clone string) (dir string, elsewhere bool, err error) {
	who, err := runAs()
	if err != nil {
		return "", false, err
	}
	clone, err = filepath.Abs(clone)
	if err != nil {
		return "", false, err
	}
	if !who.dropped || who.reaches(clone) {
		return filepath.Join(clone, ".data"), false, nil
	}
	sum := sha256.Sum256([]byte(clone))
	return filepath.Join("/var/tmp", "charterhouse-"+hex.EncodeToString(sum[:6])), true, nil
}

// reaches tells whether the account may search every directory down to path.
func (a account) reaches(path string) bool {
	for dir := path; ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err != nil {
			return false
		}
		st, ok := info.Sys().(*syscall.Stat_t)
		if !ok {
			return false
		}
		need := os.FileMode(0o001)
		switch {
		case int(st.Uid) == a.uid:
			need = 0o100
		case int(st.Gid) == a.gid:
			need = 0o010
		}
		if info.Mode().Perm()&need == 0 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

// own makes dir, mode 0700, for the account alone.
func (a account) own(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	if a.dropped {
		return os.Chown(dir, a.uid, a.gid)
	}
	return nil
}

// Claim makes the directory that everything of a server stands in. One that
// stands already must be a real directory of ours or of whoever owns the place
// round it: in /var/tmp anybody could have put one there first.
func Claim(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	above, err := os.Stat(filepath.Dir(dir))
	if err != nil {
		return err
	}
	uid := owner(info)
	if !info.IsDir() || uid != os.Geteuid() && uid != owner(above) {
		return fmt.Errorf("%s belongs to somebody else: remove it, or run as that user", dir)
	}
	return nil
}

func owner(info os.FileInfo) int {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(st.Uid)
	}
	return -1
}
