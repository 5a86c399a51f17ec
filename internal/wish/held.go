package wish

import (
	"time"

	"xinyuan/internal/content"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// heldTexts wants the texts of the wish and its claims that are checked or wait, the newest last.
func heldTexts(dest *[]content.Text, wish id.Wish) mysql.Want {
	return mysql.Many(dest, "wish.held_texts", mysql.Args{"wish": wish})
}

// flags are the texts of the wish itself that its check did not pass.
func flags(held []content.Text) (all []content.Text) {
	for _, t := range held {
		if t.Noun == state.Wish.Noun && t.Verdict == content.Waiting {
			all = append(all, t)
		}
	}
	return all
}

// show puts the texts of the claim that others do not read yet in their places, for who wrote them and for whoever
// decides about the claim: the owner, who speaks for one, and staff.
func (m *Matter) show(held []content.Text, by Actor, now time.Time) {
	decides := m.Wish.OwnerID == by.ID || m.Wish.RecorderID == by.ID || by.Grants.Reads(now) || m.mayRecord(by, now)
	for _, t := range held {
		if t.Noun != state.Claim.Noun || t.Subject != int64(m.Claim.ID) || !t.Withheld || !decides && t.WriterID != by.ID {
			continue
		}
		switch t.Field {
		case "delivery_note":
			m.Claim.DeliveryNote = t.Body
		case "comment":
			m.Claim.Comment = t.Body
		}
		m.Claim.Waiting = append(m.Claim.Waiting, t.Field)
	}
}
