package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"xinyuan/internal/fault"
)

// Unavailable outranks a refusal however the two are joined, and what is unknown outranks both.
func TestUnavailableOutranksRefusals(t *testing.T) {
	t.Parallel()
	taken, away, unknown := fault.New(fault.ReasonWishTaken), fault.New(fault.ReasonUnavailable), errors.New("unknown")
	for _, c := range []struct {
		err  error
		want fault.Reason // empty: not known
	}{
		{nil, ""}, {unknown, ""}, {taken, fault.ReasonWishTaken}, {fmt.Errorf("x: %w", taken), fault.ReasonWishTaken},
		{fault.Because(fault.ReasonWishTaken, unknown), fault.ReasonWishTaken},
		{errors.Join(taken, away), fault.ReasonUnavailable}, {errors.Join(away, taken), fault.ReasonUnavailable},
		{fmt.Errorf("x: %w", errors.Join(taken, fmt.Errorf("y: %w", away))), fault.ReasonUnavailable},
		{errors.Join(taken, unknown), ""}, {errors.Join(taken, nil), fault.ReasonWishTaken},
		{fault.Because(fault.ReasonUnavailable, errors.Join(taken, unknown)), fault.ReasonUnavailable},
	} {
		got, ok := fault.Of(c.err)
		if ok != (c.want != "") || ok && got.Reason != c.want || c.want != "" && !fault.Has(c.err, c.want) {
			t.Errorf("%v: %v, %v, want %q", c.err, got, ok, c.want)
		}
	}
}
