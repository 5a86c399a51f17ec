// Package bench measures the product's operations beside bare versions of them,
// in one interleaved run: `make bench`. It has tests only.
package bench
