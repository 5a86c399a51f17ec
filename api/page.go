package api

import (
	"strconv"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
)

// defaultLimit is how long a page is that says nothing; the contract bounds what it
// may say.
const defaultLimit = 20

// page answers a list one page at a time: it decodes where the page before ended,
// asks list for one more than fits, so that it knows whether there is another page,
// encodes the items, and makes the cursor of the last one. The cursor is an id, 0 for
// the first page. Errors: fault.ReasonInvalidInput for a cursor that is none, and
// those of list.
func page[I ~int64, T, J any](cursor *Cursor, limit *Limit, list func(before I, n int) ([]T, error),
	last func(T) I, encode func(T) J) (items []J, next *string, err error) {
	return pageFrom(paging[I]{cursor, limit, parseID[I]}, list, func(one T) string {
		return strconv.FormatInt(int64(last(one)), 10)
	}, encode)
}

// paging is what a request says of the page, and how its cursor reads.
type paging[C any] struct {
	cursor *Cursor
	limit  *Limit
	parse  func(string) (C, bool)
}

// read is where the page begins, and how long it is. Error: fault.ReasonInvalidInput.
func (p paging[C]) read() (from C, n int, err error) {
	n = defaultLimit
	if p.limit != nil {
		n = *p.limit
	}
	if p.cursor == nil || *p.cursor == "" {
		return from, n, nil
	}
	from, ok := p.parse(*p.cursor)
	if !ok {
		err = fault.BadField("cursor", "这一页找不到了，请从头看起。")
	}
	return from, n, err
}

// pageFrom is page for cursors that say more than an id. A cursor's zero value begins
// the first page.
func pageFrom[C, T, J any](p paging[C], list func(from C, n int) ([]T, error), last func(T) string,
	encode func(T) J) (items []J, next *string, err error) {
	from, n, err := p.read()
	if err != nil {
		return nil, nil, err
	}
	all, err := list(from, n+1)
	if err != nil {
		return nil, nil, err
	}
	if len(all) > n {
		all = all[:n]
		next = some(last(all[n-1]))
	}
	items = make([]J, len(all))
	for i, one := range all {
		items[i] = encode(one)
	}
	return items, next, nil
}

func parseID[I ~int64](text string) (I, bool) {
	var at id.ID[struct{}]
	err := at.UnmarshalText([]byte(text))
	return I(at), err == nil
}
