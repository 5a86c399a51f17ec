package need

import (
	"errors"
	"slices"

	"xinyuan/internal/contact"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
)

// Draft is a need as somebody says it.
type Draft struct {
	NodeID     id.Node
	Category   Category
	Place      string
	Lat, Lng   *float64
	Text       string
	Private    *bool // only staff and whom it concerns read it; nil: nobody was asked
	AboutStaff bool
	Photos     []id.Photo
	Contact    *contact.Contact // nil: none but the account
	OnBehalf   *Behalf
}

// isPublic tells whether others may read it. Care tells who is old, ill or alone at a door: unless somebody wants
// others to read it, they do not.
func (d *Draft) isPublic() bool {
	if d.Private != nil {
		return !*d.Private
	}
	return d.Category != CategoryCare
}

// Behalf is how a need came that somebody writes for a resident.
type Behalf struct {
	Consent Consent
	Note    string
	Origin  Origin // empty: on behalf
	Hotline string // the number that the hotline gave it

	checked bool // that it may be written down; whoever spoke at a visit or to the hotline may leave no number
}

// check trims the draft. Error: fault.ReasonInvalidInput.
func (d *Draft) check() error {
	if err := errors.Join(fault.NeedText(&d.Text, "text", "要说的事", letters.NeedText),
		fault.NeedText(&d.Place, "place", "在哪里", letters.Place)); err != nil {
		return err
	}
	switch {
	case !slices.Contains(Categories(), d.Category):
		return fault.BadField("category", "请选一类。")
	case (d.Lat == nil) != (d.Lng == nil):
		return fault.BadField("lat", "位置要有经度和纬度。")
	case d.OnBehalf != nil && d.Contact == nil && !d.OnBehalf.checked:
		return fault.BadField("contact", "替人说的，请留下居民的联系方式。")
	case len(d.Photos) > letters.NeedPhotos:
		return fault.BadField("photoIds", "图片太多了，请少选几张。")
	}
	if d.Contact != nil {
		if fields := d.Contact.Check("contact."); fields != nil {
			wrong := fault.New(fault.ReasonInvalidInput)
			wrong.Fields = fields
			return wrong
		}
	}
	if d.OnBehalf == nil {
		return nil
	}
	return d.OnBehalf.check()
}

func (b *Behalf) check() error {
	if b.Origin == "" {
		b.Origin = OriginBehalf
	}
	if err := fault.CheckText(&b.Note, "onBehalf.note", "说明", letters.Reason); err != nil {
		return err
	}
	switch {
	case b.Consent != ConsentOral && b.Consent != ConsentPaper:
		return fault.BadField("onBehalf.consent", "请写明居民是怎么同意的。")
	case b.Origin == OriginResident || !slices.Contains(Origins(), b.Origin):
		return fault.BadField("onBehalf.origin", "请选这件事是怎么来的。")
	case (b.Origin == OriginHotline) != (b.Hotline != ""):
		return fault.BadField("onBehalf.hotlineNumber", "热线转来的事，请填热线的编号。")
	}
	return nil
}
