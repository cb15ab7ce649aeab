package embedded

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDataStaysInTheCloneWhereTheServerReachesIt(t *testing.T) {
	open := filepath.Join(place(t), "clone")
	if err := os.Mkdir(open, 0o755); err != nil {
		t.Fatal(err)
	}
	dir, elsewhere, err := Place(open)
	if err != nil || elsewhere || dir != filepath.Join(open, ".data") {
		t.Errorf("an open clone: %s, %v, %v", dir, elsewhere, err)
	}
	closed := filepath.Join(t.TempDir(), "clone") // below a directory that is ours alone, as /root
	if err := os.MkdirAll(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Dir(closed), 0o700); err != nil {
		t.Fatal(err)
	}
	dir, elsewhere, err = Place(closed)
	root := os.Geteuid() == 0
	if err != nil || elsewhere != root {
		t.Errorf("a closed clone: %s, %v, %v", dir, elsewhere, err)
	}
	if root && !strings.HasPrefix(dir, "/var/tmp/charterhouse-") {
		t.Errorf("a closed clone has its data in %s", dir)
	}
	again, _, _ := Place(closed)
	other, _, _ := Place(closed + "2")
	if again != dir || other == dir {
		t.Errorf("places: %s, %s, %s", dir, again, other)
	}
}

func TestClaimRefusesWhatIsNotOurs(t *testing.T) {
	dir := place(t)
	for range 2 {
		if err := Claim(filepath.Join(dir, "mine")); err != nil {
			t.Errorf("our own: %v", err)
		}
	}
	if err := os.Symlink(t.TempDir(), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := Claim(filepath.Join(dir, "link")); err == nil {
		t.Error("a link was taken")
	}
	if os.Geteuid() != 0 {
		return // only root can make a directory of somebody else
	}
	if err := os.Mkdir(filepath.Join(dir, "foreign"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(filepath.Join(dir, "foreign"), 65534, 65534); err != nil {
		t.Fatal(err)
	}
	if err := Claim(filepath.Join(dir, "foreign")); err == nil {
		t.Error("somebody else's directory was taken")
	}
}

func TestProgramsOutOfReachAreCopied(t *testing.T) {
	if os.Geteuid() != 0 {
		return // an ordinary user runs what is its own
	}
	who, err := runAs()
	if err != nil {
		t.Fatal(err)
	}
	closed := t.TempDir()
	if err := os.Chmod(filepath.Dir(closed), 0o700); err != nil {
		t.Fatal(err)
	}
	c := &cluster{who: who, programs: Programs{Bin: installed(t, filepath.Join(closed, "native/bin"), "18.4"), Major: 18}}
	if who.reaches(c.programs.Bin) {
		t.Fatalf("%s is within reach", c.programs.Bin)
	}
	for range 2 { // the second start uses the copy
		if err := c.bringWithin(place(t)); err != nil {
			t.Fatal(err)
		}
		if major, ok := versionOf(c.programs.Bin, false); !ok || major != 18 || !who.reaches(c.programs.Bin) {
			t.Errorf("the copy in %s: %d, %v", c.programs.Bin, major, ok)
		}
	}
}
