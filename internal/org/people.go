package org

import (
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// HoldPeople wants the rows of those of the people who exist, in their order, and
// holds them, so that what rests on each of them happens one after the other. Each
// row is written, too, where that takes more than a lock.
func HoldPeople(tx *mysql.Tx, dest *[]id.User, people ...id.User) mysql.Want {
	args := mysql.Args{"people": people}
	tx.Touch("org.use_people", args)
	return mysql.Many(dest, "org.lock_people", args)
}
