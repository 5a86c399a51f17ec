package apptest

import "encoding/json"

// Want fails the test unless the status is this one.
func (a Answer) Want(status int) Answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("%s: got %d, want %d: %s", a.call, a.Status, status, a.Raw)
	}
	return a
}

// Refused fails the test unless this is the refusal, with a Chinese sentence
// and a request id.
func (a Answer) Refused(status int, reason string) Answer {
	a.t.Helper()
	a.Want(status)
	if got := a.Text("reason"); got != reason {
		a.t.Fatalf("%s: got reason %q, want %q: %s", a.call, got, reason, a.Raw)
	}
	if a.Text("message") == "" || a.Text("requestId") == "" {
		a.t.Fatalf("%s: no message or no request id: %s", a.call, a.Raw)
	}
	return a
}

// At is the value at a path of keys and indices in the answer; nil if absent.
func (a Answer) At(path ...any) any {
	a.t.Helper()
	var value any
	if err := json.Unmarshal(a.Raw, &value); err != nil {
		a.t.Fatalf("%s: not JSON: %s", a.call, a.Raw)
	}
	for _, step := range path {
		switch s := step.(type) {
		case string:
			object, _ := value.(map[string]any)
			value = object[s]
		case int:
			list, _ := value.([]any)
			if s >= len(list) {
				return nil
			}
			value = list[s]
		}
	}
	return value
}

// Text is the string at the path, or "".
func (a Answer) Text(path ...any) string {
	a.t.Helper()
	s, _ := a.At(path...).(string)
	return s
}

// Number is the number at the path, or 0.
func (a Answer) Number(path ...any) int {
	a.t.Helper()
	n, _ := a.At(path...).(float64)
	return int(n)
}

// Len is how long the list at the path is.
func (a Answer) Len(path ...any) int {
	a.t.Helper()
	list, _ := a.At(path...).([]any)
	return len(list)
}
