// Package papertest reads papers in tests.
package papertest

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Words are the words of a PDF, laid out as on the paper.
func Words(t *testing.T, pdf []byte) string {
	t.Helper()
	run := exec.CommandContext(t.Context(), "pdftotext", "-layout", "-", "-")
	run.Stdin = bytes.NewReader(pdf)
	out, err := run.Output()
	if err != nil {
		t.Fatalf("pdftotext, of the package poppler-utils: %v", err)
	}
	return string(out)
}

// Cells are the rows of all sheets of a spreadsheet, each with its cells parted by bars.
func Cells(t *testing.T, sheet []byte) (rows []string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(sheet))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for _, name := range f.GetSheetList() {
		all, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range all {
			rows = append(rows, strings.Join(row, "|"))
		}
	}
	return rows
}

// Save writes the paper to the folder XINYUAN_TEST_PAPERS, where one is named, to
// be looked at.
func Save(t *testing.T, name string, pdf []byte) {
	t.Helper()
	dir := os.Getenv("XINYUAN_TEST_PAPERS")
	if dir == "" {
		return
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	if err := root.WriteFile(name+".pdf", pdf, 0o600); err != nil {
		t.Fatal(err)
	}
}
