package importer

import (
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
)

// AddToRoster notes in the transaction that a unit's list has the name, of which
// only a keyed hash is stored.
func AddToRoster(tx *mysql.Tx, sealer *seal.Sealer, unit id.Node, name string) error {
	return tx.Add("importer.add_roster", mysql.Args{
		"unit": unit, "name": sealer.Lookup(seal.PurposeName, name), "at": tx.Now(),
	})
}
