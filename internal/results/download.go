package results

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// CSV writes one sheet: UTF-8 with a mark, so that spreadsheets know it, commas,
// numbers with a point.
func (s Sheet) CSV(out io.Writer, lang string) error {
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return fmt.Errorf("results: write CSV: %w", err)
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true
	line := append([]string(nil), s.Columns...)
	_ = w.Write(line) // the error is kept until Flush
	for _, row := range s.Rows {
		for i, cell := range row {
			line[i] = csvCell(plain(cell, lang))
		}
		_ = w.Write(line)
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return fmt.Errorf("results: write CSV: %w", err)
	}
	return nil
}

func csvCell(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		return neutral(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}

// neutral keeps a spreadsheet from taking a text for a formula: what begins with
// one of its signs, also in full width or behind blanks, gets an apostrophe.
// Control characters, by which a cell can be broken open, become blanks.
func neutral(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
	if strings.IndexAny(strings.TrimLeft(s, " \u00a0\u3000\ufeff\u200b"), "=+-@|%＝＋－＠") == 0 {
		return "'" + s
	}
	return s
}

// JSON writes the sheets as one object: a list of objects for each.
func JSON(out io.Writer, sheets []Sheet, lang string) error {
	all := map[string][]map[string]any{}
	for _, s := range sheets {
		rows := make([]map[string]any, 0, len(s.Rows))
		for _, cells := range s.Rows {
			row := make(map[string]any, len(cells))
			for i, cell := range cells {
				row[s.Columns[i]] = plain(cell, lang)
			}
			rows = append(rows, row)
		}
		all[s.Name] = rows
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	if err := e.Encode(all); err != nil {
		return fmt.Errorf("results: write JSON: %w", err)
	}
	return nil
}

// XLSX writes the sheets as one workbook.
func XLSX(out io.Writer, sheets []Sheet, lang string) (err error) {
	f := excelize.NewFile()
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fmt.Errorf("results: write XLSX: %w", err)
	}
	for i, s := range sheets {
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.Name)
		} else {
			_, err = f.NewSheet(s.Name)
		}
		if err == nil {
			err = s.stream(f, bold, lang)
		}
		if err != nil {
			return fmt.Errorf("results: write sheet %s: %w", s.Name, err)
		}
	}
	if err := f.Write(out); err != nil {
		return fmt.Errorf("results: write XLSX: %w", err)
	}
	return nil
}

func (s Sheet) stream(f *excelize.File, bold int, lang string) error {
	w, err := f.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	head := make([]any, len(s.Columns))
	for i, c := range s.Columns {
		head[i] = excelize.Cell{StyleID: bold, Value: c}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	for i, row := range s.Rows {
		cells := make([]any, len(row))
		for j, cell := range row {
			cells[j] = plain(cell, lang)
			if text, is := cells[j].(string); is {
				cells[j] = neutral(text)
			}
		}
		if err := w.SetRow("A"+strconv.Itoa(i+2), cells); err != nil {
			return err
		}
	}
	return w.Flush()
}
