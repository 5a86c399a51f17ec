package mysql

import "context"

type confinedKey struct{}

// Confine returns a context of a reviewer of WeChat's. The transactions begun with it
// are confined: each step in them must lie in the review community.
func Confine(ctx context.Context) context.Context {
	return context.WithValue(ctx, confinedKey{}, true)
}

// IsConfined tells whether the context is one of Confine.
func IsConfined(ctx context.Context) bool {
	is, _ := ctx.Value(confinedKey{}).(bool)
	return is
}

// IsConfined tells whether the transaction is that of a reviewer.
func (t *Tx) IsConfined() bool { return t.confined }
