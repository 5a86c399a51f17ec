package mysql

// Carry has every transaction of the database carry the value, which a package above this one knows: set while the
// application is built.
func (d *DB) Carry(value any) { d.carried = value }

// Carried is the value of Carry; nil: none.
func (t *Tx) Carried() any { return t.db.carried }
