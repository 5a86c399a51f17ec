package media

import (
	"fmt"
	"slices"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Choice is which pictures somebody puts into a matter, in the order in which
// they are shown. Its pictures are locked after the matter, in the order of
// their ids.
type Choice struct {
	by     id.User
	chosen []id.Photo
	found  []Photo // of the chosen, locked
	before []Photo // of the matter, locked
}

// Choose returns the choice; a picture that is named twice counts once.
func Choose(by id.User, photos []id.Photo) *Choice {
	c := &Choice{by: by}
	for _, p := range photos {
		if !slices.Contains(c.chosen, p) {
			c.chosen = append(c.chosen, p)
		}
	}
	return c
}

// Wants locks the chosen pictures, in the round trip that locks their matter.
func (c *Choice) Wants() []mysql.Want {
	if len(c.chosen) == 0 {
		return nil
	}
	return []mysql.Want{mysql.Many(&c.found, "media.lock", mysql.Args{"photos": c.chosen})}
}

// WantsInstead is Wants for a wish whose pictures these will be instead of what
// it has now.
func (c *Choice) WantsInstead(wish id.Wish) []mysql.Want {
	return append([]mysql.Want{mysql.Many(&c.before, "media.lock_of_wish", mysql.Args{"wish": wish})}, c.Wants()...)
}

// ToWish queues that these are the wish's pictures: those that it had and that
// are not among them are removed. Error: fault.ReasonPictureNotToHand for a
// picture that is not the person's own or waits no longer.
func (c *Choice) ToWish(tx *mysql.Tx, wish id.Wish) error {
	var dropped []id.Photo
	for _, p := range c.before {
		if !slices.Contains(c.chosen, p.ID) {
			dropped = append(dropped, p.ID)
		}
	}
	if len(dropped) > 0 {
		if err := tx.Add("media.remove", mysql.Args{"photos": dropped}); err != nil {
			return err
		}
	}
	return c.attach(tx, Photo{WishID: wish})
}

// ToClaim queues that these belong to the claim's delivery, beside those of an
// earlier one. Error: as ToWish.
func (c *Choice) ToClaim(tx *mysql.Tx, claim id.Claim) error {
	return c.attach(tx, Photo{ClaimID: claim})
}

// ToRecord queues that these belong to the report of service that made the
// record. Error: as ToWish.
func (c *Choice) ToRecord(tx *mysql.Tx, record id.Record) error {
	return c.attach(tx, Photo{RecordID: record})
}

// attach queues that the pictures belong where this one would.
func (c *Choice) attach(tx *mysql.Tx, to Photo) error {
	for i, photo := range c.chosen {
		if !c.attachable(photo, to.WishID) {
			refused := fault.New(fault.ReasonPictureNotToHand)
			refused.Fields = []fault.Field{{Path: fmt.Sprintf("photoIds.%d", i), Message: refused.Message}}
			return refused
		}
		err := tx.Add("media.attach", mysql.Args{
			"id": photo, "wish": to.WishID, "claim": to.ClaimID, "record": to.RecordID, "position": i, "at": tx.Now(),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// attachable reports whether the person may put the picture there: it is their
// own and waits, or the wish has it already.
func (c *Choice) attachable(photo id.Photo, wish id.Wish) bool {
	return slices.ContainsFunc(c.found, func(p Photo) bool {
		return p.ID == photo && (p.Status == StatusWaiting && p.OwnerID == c.by || wish != 0 && p.WishID == wish)
	})
}

// OfWish wants the wish's pictures.
func OfWish(dest *[]Photo, wish id.Wish) mysql.Want {
	return mysql.Many(dest, "media.of_wish", mysql.Args{"wish": wish})
}

// OfWishOf wants the pictures of the wish that the claim is for.
func OfWishOf(dest *[]Photo, claim id.Claim) mysql.Want {
	return mysql.Many(dest, "media.of_wish_of", mysql.Args{"claim": claim})
}

// OfClaim wants the pictures of the claim's deliveries.
func OfClaim(dest *[]Photo, claim id.Claim) mysql.Want {
	return mysql.Many(dest, "media.of_claim", mysql.Args{"claim": claim})
}

// OfClaims wants the pictures of all claims of the wish.
func OfClaims(dest *[]Photo, wish id.Wish) mysql.Want {
	return mysql.Many(dest, "media.of_claims", mysql.Args{"wish": wish})
}

// OfRecord wants the pictures of the report that made the service record.
func OfRecord(dest *[]Photo, record id.Record) mysql.Want {
	return mysql.Many(dest, "media.of_record", mysql.Args{"record": record})
}

// OfMany wants the pictures of these wishes, of the deliveries of these claims
// and of the reports that made these records.
func OfMany(dest *[]Photo, wishes []id.Wish, claims []id.Claim, records []id.Record) mysql.Want {
	return mysql.Many(dest, "media.of_many", mysql.Args{ // a list is never empty
		"wishes": append(slices.Clone(wishes), 0), "claims": append(slices.Clone(claims), 0),
		"records": append(slices.Clone(records), 0),
	})
}
