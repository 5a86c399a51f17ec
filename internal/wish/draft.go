package wish

import (
	"fmt"
	"strings"

	"xinyuan/internal/contact"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
)

// Category is what kind of help a wish asks for.
type Category string

// A CategoryInfo is a category as people read it.
type CategoryInfo struct {
	Code Category `db:"code"`
	Name string   `db:"name"`
	// Sensitive categories hide their description until a claim is approved.
	Sensitive bool `db:"is_sensitive"`
}

// Draft is a wish as its owner writes it.
type Draft struct {
	NodeID      id.Node
	Category    Category
	Title       string
	Description string
	Contact     contact.Contact
	Practical
	OnBehalf *Behalf // nil: the owner writes it
	// From is what becomes the wish; nil: nothing.
	From *From
	// Photos are the wish's pictures; nil leaves an edited wish those it has.
	Photos []id.Photo
}

// From is a need that becomes a wish: whose it is, who wrote it down for whoever has no phone, and by which grant it is
// decided.
type From struct {
	Need            id.Need
	Owner, Recorder id.User
	Grant           id.Grant
}

// Behalf is how a resident agreed that somebody else posts for them.
type Behalf struct {
	Consent Consent
	Note    string
}

func (d Draft) note() string {
	if d.OnBehalf == nil {
		return ""
	}
	return d.OnBehalf.Note
}

// The longest texts, in characters.
const (
	MaxTitle       = letters.WishTitle
	MaxDescription = letters.WishDescription
	MaxReason      = letters.Reason
	MaxNote        = letters.DeliveryNote
	MaxComment     = letters.Comment
)

// How many pictures show a thing, and how many a deed: docs/adr/0011-pictures.md.
const (
	MaxWishPhotos     = letters.WishPhotos
	MaxDeliveryPhotos = letters.DeliveryPhotos
)

// trim cuts the space around a text, in place too.
func trim(text *string) string {
	*text = strings.TrimSpace(*text)
	return *text
}

// check trims the draft and says what is wrong with it, all fields at once.
// known tells whether its category is one to choose.
func (d *Draft) check(known bool) error {
	var fields []fault.Field
	need := func(path, text, what string, longest int) {
		if message := fault.WrongText(text, what, longest); message != "" {
			fields = append(fields, fault.Field{Path: path, Message: message})
		}
	}
	need("title", trim(&d.Title), "心愿标题", MaxTitle)
	if trim(&d.Description) != "" { // the title may say it all
		need("description", d.Description, "具体情况", MaxDescription)
	}
	fields = append(fields, d.Contact.Check("contact.")...)
	fields = append(fields, d.wrongPractical()...)
	if !known {
		fields = append(fields, fault.Field{Path: "category", Message: "请选择心愿的类别。"})
	}
	if len(d.Photos) > MaxWishPhotos {
		fields = append(fields, tooManyPhotos(MaxWishPhotos))
	}
	if d.OnBehalf != nil {
		need("onBehalf.note", trim(&d.OnBehalf.Note), "征得同意的经过", MaxReason)
	}
	return invalid(fields)
}

func tooManyPhotos(most int) fault.Field {
	return fault.Field{Path: "photoIds", Message: fmt.Sprintf("最多放 %d 张图片。", most)}
}

func invalid(fields []fault.Field) error {
	if fields == nil {
		return nil
	}
	e := fault.New(fault.ReasonInvalidInput)
	e.Fields = fields
	return e
}
