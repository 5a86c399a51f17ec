// Package sqlfiles carries the migrations and the named queries in the binary.
package sqlfiles

import "embed"

// Migrations are goose migrations, one DDL statement a file, forward only.
//
//go:embed migrations/*.sql
var Migrations embed.FS

// Queries are the named queries, one file a package: queries/wish.sql holds
// what internal/wish calls "wish.<name>".
//
//go:embed queries/*.sql
var Queries embed.FS
