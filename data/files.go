// Package data carries the divisions of the demo's county in the binary.
package data

import _ "embed"

// Divisions is tonghua-divisions.csv; README.md beside it names its source.
//
//go:embed tonghua-divisions.csv
var Divisions []byte
