// Package data carries the divisions and the duty list of the demo's county in the binary.
package data

import _ "embed"

// Divisions is tonghua-divisions.csv; README.md beside it names its source.
//
//go:embed tonghua-divisions.csv
var Divisions []byte

// Duties is duties.csv, the duty list that the demo's streets have.
//
//go:embed duties.csv
var Duties []byte
