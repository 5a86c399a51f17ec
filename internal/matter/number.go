package matter

import (
	"strconv"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Numbering is what has running numbers: the wishes of a community in a year, for
// example. Each begins at 1.
type Numbering struct {
	Kind string  // its noun, where all of it has numbers
	Node id.Node // 0: the whole county
	Year int
}

// NextNumber takes the next number within the transaction: nobody else has it, and
// if nothing comes of the transaction, the next who asks gets it. It queues the
// taking, and wants the number with whatever else the caller reads.
func NextNumber(tx *mysql.Tx, dest *int, of Numbering) (mysql.Want, error) {
	args := mysql.Args{"kind": of.Kind, "node": of.Node, "period": strconv.Itoa(of.Year)}
	return mysql.One(dest, "matter.number", args), tx.Add("matter.take_number", args)
}
