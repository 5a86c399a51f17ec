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
	by      id.User
	chosen  []id.Photo
	found   []Photo // of the chosen, locked
	before  []Photo // of the matter, locked
	instead bool    // the chosen are all that the matter will have
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

// WantsInstead is Wants for a matter whose pictures these will be instead of what
// it has now.
func (c *Choice) WantsInstead(noun string, subject int64) []mysql.Want {
	c.instead = true
	return append([]mysql.Want{mysql.Many(&c.before, "media.lock_of", mysql.Args{"noun": noun, "subject": subject})},
		c.Wants()...)
}

// To queues that these belong to the matter, after those that it has; after
// WantsInstead those of its pictures that are not among them are removed. Error:
// fault.ReasonPictureNotToHand for a picture that is not the person's own or waits
// no longer.
func (c *Choice) To(tx *mysql.Tx, noun string, subject int64) error {
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
	for i, photo := range c.chosen {
		if !c.isAttachable(photo, noun, subject) {
			refused := fault.New(fault.ReasonPictureNotToHand)
			refused.Fields = []fault.Field{{Path: fmt.Sprintf("photoIds.%d", i), Message: refused.Message}}
			return refused
		}
		err := tx.Add("media.attach", mysql.Args{
			"id": photo, "noun": noun, "subject": subject, "position": i, "at": tx.Now(),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// isAttachable reports whether the person may put the picture there: it is their
// own and waits, or the matter has it already and these are all that it will have.
func (c *Choice) isAttachable(photo id.Photo, noun string, subject int64) bool {
	return slices.ContainsFunc(c.found, func(p Photo) bool {
		return p.ID == photo && (p.Status == StatusWaiting && p.OwnerID == c.by ||
			c.instead && p.Noun == noun && p.SubjectID == subject)
	})
}

// Of wants the pictures of the matters of a noun, each of which says whose it is.
// Who may see them is the noun's to say: whoever asks decides it before it shows
// them.
func Of[I ~int64](dest *[]Photo, noun string, subjects ...I) mysql.Want {
	return mysql.Many(dest, "media.of", mysql.Args{"noun": noun, "subjects": append(slices.Clone(subjects), 0)})
}

// Attached are the chosen pictures as the matter has them once To is done.
func (c *Choice) Attached(noun string, subject int64) []Photo {
	var all []Photo
	for i, chosen := range c.chosen {
		for _, p := range c.found {
			if p.ID == chosen {
				p.Status, p.Noun, p.SubjectID, p.Position = StatusAttached, noun, subject, i
				all = append(all, p)
			}
		}
	}
	return all
}
