package app

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// A row is a country, a date and a term: whatever is longer than this is not one.
const (
	maxRowBytes = 4 << 10
	maxRows     = 10_000_000
)

// DueCSV reads rows of calendar,received,term,outside_hours and writes each with
// a last column due, as it goes. The fourth column may be left out; a first row
// that begins with "calendar" is a heading, and is written back with "due". A
// byte order mark and line ends of any system are accepted. It stops at the first
// bad row with its line number; what came before it has been written.
func DueCSV(packs fs.FS, in io.Reader, out io.Writer) error {
	calendars := calendarShelf{files: packs}
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, maxRowBytes), maxRowBytes)
	w := bufio.NewWriter(out)
	n := 0
	for lines.Scan() {
		n++
		if n > maxRows {
			return stop(w, n, fmt.Errorf("more than %d rows; split the file", maxRows))
		}
		line := lines.Bytes()
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := calendars.answer(string(line), n == 1, w); err != nil {
			return stop(w, n, err)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return stop(w, n+1, fmt.Errorf("the row is longer than %d bytes", maxRowBytes))
	} else if err != nil {
		return stop(w, n+1, err)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write the rows: %w", err)
	}
	return nil
}

func stop(w *bufio.Writer, line int, cause error) error {
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write the rows: %w", err)
	}
	return fmt.Errorf("line %d: %w", line, cause)
}

// answer writes one row back as it was, with its due date.
func (s *calendarShelf) answer(line string, first bool, w *bufio.Writer) error {
	row, columns, err := fields(line)
	if err != nil {
		return err
	}
	outside, due := "outside_hours", "due"
	if heading := first && strings.EqualFold(row[0], "calendar"); !heading {
		q, err := s.question(row[0], row[1], row[2], row[3])
		if err != nil {
			return err
		}
		day := q.calendar.Due(q.received, q.outside, q.policy, q.term)
		if day.IsZero() {
			return errBeyond
		}
		outside, due = "", day.String()
	}
	if columns == 3 {
		line += "," + outside
	}
	_, err = w.WriteString(line + "," + due + "\n")
	return err
}

// fields cuts a row into its columns, without the spaces round them. A missing
// fourth is empty.
func fields(line string) (row [4]string, columns int, err error) {
	if strings.ContainsRune(line, 0) {
		return row, 0, errors.New("the row holds a NUL byte; is it a text file in UTF-8?")
	}
	cells, err := csv.NewReader(strings.NewReader(line)).Read()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		err = bad.Err // its line number is that of this row alone
	}
	if err != nil {
		return row, 0, fmt.Errorf("not a row of CSV: %w", err)
	}
	if len(cells) != 3 && len(cells) != 4 {
		return row, 0, fmt.Errorf("%d columns; write calendar,received,term,outside_hours", len(cells))
	}
	for i, cell := range cells {
		row[i] = strings.TrimSpace(cell)
	}
	return row, len(cells), nil
}
