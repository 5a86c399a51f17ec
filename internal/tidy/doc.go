// Package tidy holds what this project promises about its own code, as tests:
// which package may import which, how long a function may be, that every query
// is used and runs, that the contract, the code and the schema name the same
// things, and that generated files are fresh. A message says what to do.
package tidy

//go:generate go test -run ^TestSchemaIsFresh$ . -update
