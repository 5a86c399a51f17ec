// Command gen writes which pages the client has, for uni-app and for the client itself: each file of src/pages is one.
//
//	go generate ./miniprogram
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const (
	first = "home/home" // the page with which the program begins
	head  = "// Code generated from the files of src/pages by `go generate ./miniprogram`. DO NOT EDIT.\n\n" +
		"/** The pages by the folder of src/pages that each stands in. A page's own name is there once. */\n" +
		"export const folders = {\n"
)

// listed is the list of pages in pages.json; what stands around it is written by hand.
var listed = regexp.MustCompile(`(?s)  "pages": \[\n.*?\n  \]`)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen SRC")
		os.Exit(2)
	}
	files, err := contents(os.Args[1])
	for name, content := range files {
		if err == nil {
			err = os.WriteFile(name, content, 0o644) //nolint:gosec // go generate names the folder
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// contents are the files to write below src, by their paths.
func contents(src string) (map[string][]byte, error) {
	pages, err := pagesOf(src)
	if err != nil {
		return nil, err
	}
	settings := filepath.Join(src, "pages.json")
	old, err := os.ReadFile(settings) //nolint:gosec // go generate names the folder
	if err != nil {
		return nil, err
	}
	if !listed.Match(old) {
		return nil, fmt.Errorf("%s has no list of pages", settings)
	}
	return map[string][]byte{
		settings: listed.ReplaceAllLiteral(old, entries(pages)),
		filepath.Join(src, "services", "pages.gen.ts"): module(pages),
	}, nil
}

// pagesOf lists the pages as folder/name, the first one first and the others by name.
func pagesOf(src string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(src, "pages", "*", "*.vue"))
	if err != nil {
		return nil, err
	}
	pages := []string{first}
	for _, file := range files {
		page := filepath.Base(filepath.Dir(file)) + "/" + strings.TrimSuffix(filepath.Base(file), ".vue")
		if page != first {
			pages = append(pages, page)
		}
	}
	slices.Sort(pages[1:])
	return pages, nil
}

// entries is the list of pages.json.
func entries(pages []string) []byte {
	rows := make([]string, len(pages))
	for i, page := range pages {
		rows[i] = fmt.Sprintf(`    { "path": "pages/%s" }`, page)
	}
	return []byte("  \"pages\": [\n" + strings.Join(rows, ",\n") + "\n  ]")
}

// module is pages.gen.ts.
func module(pages []string) []byte {
	var folders []string
	names := map[string][]string{}
	for _, page := range pages {
		folder, name, _ := strings.Cut(page, "/")
		if names[folder] == nil {
			folders = append(folders, folder)
		}
		names[folder] = append(names[folder], "'"+name+"'")
	}
	slices.Sort(folders)
	var b strings.Builder
	b.WriteString(head)
	for _, folder := range folders {
		fmt.Fprintf(&b, "  %s: [%s],\n", folder, strings.Join(names[folder], ", "))
	}
	b.WriteString("} as const\n")
	return []byte(b.String())
}
