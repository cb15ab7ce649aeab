package results

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// What a spreadsheet would take for a formula is a text in every download.
func TestNoDownloadHasAFormula(t *testing.T) {
	hostile := []string{
		"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\x00=1", "＝1+1", "＋1", "－1", "＠x", " =1", "\u00a0=1", "\ufeff=1", "\n=cmd|' /C calc'!A0", "|x", "%0A=1",
	}
	s := Sheet{Name: "x", Columns: []string{"text", "n"}}
	for _, text := range hostile {
		s.Rows = append(s.Rows, []any{text, int64(-5)})
	}
	s.Rows = append(s.Rows, []any{"a\",=1", -0.5}, []any{"Žibintas", nil})
	var out bytes.Buffer
	if err := s.CSV(&out, "lt"); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
	if err != nil || len(lines) != len(s.Rows)+1 {
		t.Fatalf("%d lines of %d: %v", len(lines), len(s.Rows)+1, err)
	}
	for _, l := range lines[1 : len(hostile)+1] {
		if !strings.HasPrefix(l[0], "'") || l[1] != "-5" {
			t.Errorf("CSV has %q", l)
		}
	}
	if l := lines[len(lines)-1]; l[0] != "Žibintas" || l[1] != "" {
		t.Errorf("CSV has %q", l)
	}
	out.Reset()
	if err := XLSX(&out, []Sheet{s, {Name: "y", Columns: []string{"a"}}}, "lt"); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if !slices.Equal(f.GetSheetList(), []string{"x", "y"}) {
		t.Errorf("sheets %q", f.GetSheetList())
	}
	rows, err := f.GetRows("x")
	if err != nil || len(rows) != len(s.Rows)+1 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	for n, row := range rows {
		for c := range row {
			cell, _ := excelize.CoordinatesToCellName(c+1, n+1)
			if formula, _ := f.GetCellFormula("x", cell); formula != "" {
				t.Errorf("%s has the formula %s", cell, formula)
			}
		}
		if n > 0 && n <= len(hostile) && !strings.HasPrefix(row[0], "'") {
			t.Errorf("XLSX has %q", row)
		}
	}
	out.Reset()
	if err := JSON(&out, []Sheet{s}, "lt"); err != nil {
		t.Fatal(err)
	}
	var read map[string][]map[string]any
	if err := json.Unmarshal(out.Bytes(), &read); err != nil || len(read["x"]) != len(s.Rows) || read["x"][0]["text"] != "=1+1" || read["x"][0]["n"] != -5.0 {
		t.Errorf("JSON: %v, %v", read["x"][0], err)
	}
}

// A report that shows nothing says so in every download, and has no zero.
func TestAnEmptyReportHasNoZero(t *testing.T) {
	r := &Report{Timely: []Timely{{Own: Value{State: NoData}, Law: Value{State: Suppressed}, First: Value{State: NoData}}}}
	for _, s := range r.Sheets() {
		for _, row := range s.Rows {
			if len(row) != len(s.Columns) {
				t.Fatalf("%s: %d cells under %d columns", s.Name, len(row), len(s.Columns))
			}
			for i, cell := range row {
				if cell == int64(0) || cell == 0.0 {
					t.Errorf("%s has a zero under %s", s.Name, s.Columns[i])
				}
			}
		}
	}
}
