// Package minicode has the mini-program codes (小程序码) with which WeChat's own scanner
// opens a page of the program: for the door of an activity, the invitation of a team,
// a certificate.
package minicode

import (
	"context"
	"slices"

	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/wechat"
)

// Page is where every code leads. It reads the scene and goes on from there. It is
// published before a code is asked for.
const Page = "pages/home/arrive"

// Kind is what a code is for. It begins the scene.
type Kind byte

// The kinds. A door's scene names the activity, which everybody may see; who came is
// proven by the digits that change. The others carry the random code of the matter.
const (
	Door        Kind = 'a'
	Invitation  Kind = 't'
	Certificate Kind = 'c'
)

// Scene is what a code carries.
func (k Kind) Scene(text string) string { return string(k) + text }

// Read takes a scene apart; false: it is none of ours.
func Read(scene string) (k Kind, text string, ok bool) {
	if len(scene) < 2 || !slices.Contains([]Kind{Door, Invitation, Certificate}, Kind(scene[0])) {
		return 0, "", false
	}
	return Kind(scene[0]), scene[1:], true
}

// Codes are the pictures of the database.
type Codes struct {
	db     *mysql.DB
	wechat *wechat.Client
	sealer *seal.Sealer
}

// New returns the codes of the database, made by WeChat.
func New(db *mysql.DB, client *wechat.Client, sealer *seal.Sealer) *Codes {
	return &Codes{db, client, sealer}
}

// Of is the matter that a code is for.
type Of struct {
	Noun string
	ID   int64
}

func (o Of) place() seal.Place { return seal.Place{Table: "mini_codes", Column: o.Noun, Row: o.ID} }

// DrawPicture is the JPEG of the code with the scene. WeChat is asked once for each scene.
// Errors: those of wechat.Client.CodePicture.
func (c *Codes) DrawPicture(ctx context.Context, of Of, scene string) ([]byte, error) {
	var kept struct {
		Lookup  string `db:"scene_lookup"`
		Picture []byte `db:"picture"`
	}
	var there bool
	args := mysql.Args{"noun": of.Noun, "id": of.ID}
	if err := c.db.Read(ctx, mysql.Maybe(&kept, &there, "minicode.kept", args)); err != nil {
		return nil, err
	}
	if there && slices.Contains(c.sealer.LookupAll(seal.PurposeScene, scene), kept.Lookup) {
		picture, err := c.sealer.Open(of.place(), kept.Picture)
		return []byte(picture), err
	}
	picture, err := c.wechat.CodePicture(ctx, Page, scene)
	if err != nil {
		return nil, err
	}
	sealed, err := c.sealer.Seal(of.place(), string(picture))
	if err != nil {
		return nil, err
	}
	return picture, c.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("minicode.keep", mysql.Args{
			"noun": of.Noun, "id": of.ID, "picture": sealed, "at": tx.Now(),
			"lookup": c.sealer.Lookup(seal.PurposeScene, scene),
		})
	})
}
