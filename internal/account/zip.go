package account

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"xinyuan/internal/media"
	"xinyuan/internal/paper"
)

// Write writes the export as a ZIP file: a spreadsheet for people, the same as JSON for
// programs, and the pictures.
func (s *Service) Write(ctx context.Context, to io.Writer, e Export) error {
	z := zip.NewWriter(to)
	book, err := Book(e)
	if err != nil {
		return err
	}
	if err := put(z, "我的资料.xlsx", book); err != nil {
		return err
	}
	text, err := json.MarshalIndent(e.asJSON(), "", "  ")
	if err != nil {
		return err
	}
	if err := put(z, "我的资料.json", text); err != nil {
		return err
	}
	for i, p := range e.Photos {
		if err := s.putPhoto(ctx, z, fmt.Sprintf("图片/%d.jpg", i+1), p); err != nil {
			return err
		}
	}
	return z.Close()
}

// Book is the export as a spreadsheet.
func Book(e Export) ([]byte, error) {
	tables := make([]paper.Table, 0, len(e.Sheets))
	for _, sheet := range e.Sheets {
		t := paper.Table{Name: sheet.Name}
		for _, name := range sheet.Head {
			t.Head = append(t.Head, name)
		}
		for _, row := range sheet.Rows {
			var cells []any
			for _, cell := range row {
				cells = append(cells, cell)
			}
			t.Rows = append(t.Rows, cells)
		}
		tables = append(tables, t)
	}
	return paper.Sheets(tables)
}

func (e Export) asJSON() map[string][]map[string]string {
	all := map[string][]map[string]string{}
	for _, sheet := range e.Sheets {
		rows := []map[string]string{}
		for _, row := range sheet.Rows {
			one := map[string]string{}
			for i, name := range sheet.Head {
				one[name] = row[i]
			}
			rows = append(rows, one)
		}
		all[sheet.Name] = rows
	}
	return all
}

func put(z *zip.Writer, name string, data []byte) error {
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// putPhoto adds a picture; one that was taken away meanwhile, or that never arrived as
// a whole, is left out.
func (s *Service) putPhoto(ctx context.Context, z *zip.Writer, name string, p media.Photo) (err error) {
	file, err := s.Photos.Read(ctx, p)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, file)
	return err
}
