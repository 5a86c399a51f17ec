package config_test

import (
	"testing"

	"xinyuan/internal/config"
)

// A template says its id, its kind and what stands in each field, or nothing at all.
func TestTemplates(t *testing.T) {
	t.Parallel()
	var got config.Template
	if err := got.UnmarshalText([]byte("Hv3k-aB_9xyz long_term thing1=title time12=time")); err != nil || !got.LongTerm ||
		got.ID != "Hv3k-aB_9xyz" || got.Fields["thing1"] != "title" || got.Fields["time12"] != "time" {
		t.Errorf("%+v, %v", got, err)
	}
	if err := got.UnmarshalText(nil); err != nil || got.ID != "" {
		t.Errorf("%+v, %v", got, err)
	}
	for _, wrong := range []string{
		"Hv3k-aB_9xyz", "Hv3k-aB_9xyz once", "Hv3k-aB_9xyz twice thing1=text", "short once thing1=text",
		"Hv3k-aB_9xyz once thing1=time", "Hv3k-aB_9xyz once phrase1=text", "Hv3k-aB_9xyz once thing=text", "Hv3k-aB_9xyz once thing1",
	} {
		if err := got.UnmarshalText([]byte(wrong)); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
}
