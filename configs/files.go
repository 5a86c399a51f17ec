// Package configs carries the default settings in the binary.
package configs

import _ "embed"

// Default is default.yaml.
//
//go:embed default.yaml
var Default []byte
