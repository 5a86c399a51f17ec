// Package user holds people: who they are to us, how they log in, and their
// sessions.
package user

import (
	"context"
	"errors"
	"fmt"
	"time"

	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/redis"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/wechat"
)

// User is a person who has logged in at least once.
type User struct {
	ID           id.User   `db:"id"`
	DisplayName  string    `db:"display_name"`
	HomeNodeID   *id.Node  `db:"home_node_id"`
	ElderView    bool      `db:"elder_view"`
	ShowOnBoards bool      `db:"show_on_boards"` // has agreed to be named on leaderboards
	PhoneLabel   string    `db:"phone_label"`    // the phone with its middle hidden; empty if none is known
	Version      int       `db:"version"`
	CreatedAt    time.Time `db:"created_at"`
	// WaitingName is the name that others see once it is passed; empty: none waits.
	WaitingName string `db:"-"`
}

// MaxDisplayName is the longest display name, in characters.
const MaxDisplayName = letters.DisplayName

// People logs people in and keeps what they say about themselves.
type People struct {
	db       *mysql.DB
	tree     *org.Tree
	wechat   *wechat.Client
	sessions *redis.Sessions
	sealer   *seal.Sealer
	texts    *content.Service // nil: nobody looks at texts
}

// New returns the people of the database.
func New(db *mysql.DB, tree *org.Tree, client *wechat.Client, sessions *redis.Sessions, sealer *seal.Sealer) *People {
	return &People{db: db, tree: tree, wechat: client, sessions: sessions, sealer: sealer}
}

// CheckedBy has names looked at before others see them.
func (p *People) CheckedBy(texts *content.Service) { p.texts = texts }

// LogIn exchanges a code from wx.login for a session on a device. Who comes for the
// first time becomes a person here. Errors: those of wechat.Client.Login, and
// fault.ReasonUnavailable without Redis.
func (p *People) LogIn(ctx context.Context, code, device string) (User, redis.Session, error) {
	identity, err := p.wechat.Login(ctx, code)
	if err != nil {
		return User{}, redis.Session{}, err
	}
	u, err := p.findOrAdd(ctx, identity)
	if err != nil {
		return User{}, redis.Session{}, err
	}
	session, err := p.sessions.Create(ctx, u.ID, cleanDevice(device))
	return u, session, err
}

// known is who logs in, with what WeChat told of them before.
type known struct {
	User
	UnionID string `db:"union_id"`
}

func (p *People) findOrAdd(ctx context.Context, who wechat.Identity) (User, error) {
	k, err := p.byOpenID(ctx, who.OpenID)
	if errors.Is(err, mysql.ErrNone) {
		var added User
		err = p.db.Tx(ctx, func(tx *mysql.Tx) error {
			added, err = Add(tx, who.OpenID, User{})
			return err
		})
		k.User = added
		if mysql.IsDuplicate(err, "users_open_id") { // the same person on two phones at once
			k, err = p.byOpenID(ctx, who.OpenID)
		}
	}
	if err != nil || who.UnionID == "" || who.UnionID == k.UnionID {
		return k.User, err
	}
	return k.User, p.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("user.set_union_id", mysql.Args{"id": k.ID, "union_id": who.UnionID})
	})
}

func (p *People) byOpenID(ctx context.Context, openID string) (known, error) {
	var k known
	err := p.db.Get(ctx, &k, "user.by_open_id", mysql.Args{"open_id": openID})
	return k, err
}

// Add writes a new person in the transaction. Without a display name one is
// made up that says nothing about the person.
func Add(tx *mysql.Tx, openID string, u User) (User, error) {
	u.ID, u.CreatedAt = mysql.NewID[id.User](tx), tx.Now()
	if u.DisplayName == "" {
		u.DisplayName = fmt.Sprintf("居民%04d", int64(u.ID)%10000)
	}
	u.Version = 1
	_, err := matter.Save(tx, nil, u.matter(), matter.Step{Actor: u.ID, Name: state.EventCreate})
	return u, errors.Join(err, tx.Add("user.add", mysql.Args{
		"id": u.ID, "open_id": openID, "display_name": u.DisplayName, "home_node_id": u.HomeNodeID,
		"elder_view": u.ElderView, "show_on_boards": u.ShowOnBoards, "at": u.CreatedAt,
	}))
}

// AddRecorded writes, in the transaction, a person without a phone, as the
// recorder names them: they cannot log in. Others read the name once it is checked. Errors: those of CheckDisplayName.
func AddRecorded(tx *mysql.Tx, recorder id.User, name string) (User, error) {
	if err := CheckDisplayName(&name, "displayName", "称呼"); err != nil {
		return User{}, err
	}
	u := User{ID: mysql.NewID[id.User](tx), DisplayName: name, CreatedAt: tx.Now(), Version: 1}
	_, err := matter.Save(tx, nil, u.matter(), matter.Step{Actor: recorder, Name: state.EventCreate})
	field := matter.Field{Noun: state.User.Noun, Subject: int64(u.ID), Name: "display_name"}
	shown, held := matter.HoldText(tx, nil, field, matter.Writer{ID: recorder}, name)
	return u, errors.Join(err, held,
		tx.Add("user.add_recorded", mysql.Args{"id": u.ID, "recorder": recorder, "name": shown, "at": u.CreatedAt}))
}

// matter is the person as the register has it: by no name, and at no place.
func (u User) matter() matter.Matter {
	return matter.Matter{Noun: state.User.Noun, ID: int64(u.ID), Status: string(state.UserActive), Version: u.Version}
}

// edited queues the step of a change that a person made.
func edited(tx *mysql.Tx, u User) error {
	u.Version++
	_, err := matter.Save(tx, nil, u.matter(),
		matter.Step{Actor: u.ID, Name: state.EventEdit, From: string(state.UserActive)})
	return err
}

// Get returns a person, or fault.ReasonNotFound.
func (p *People) Get(ctx context.Context, person id.User) (User, error) {
	var u User
	var texts []content.Text
	err := p.db.Read(ctx, mysql.One(&u, "user.by_id", mysql.Args{"id": person}),
		content.Own(&texts, state.User.Noun, int64(person)))
	for _, t := range texts {
		u.WaitingName = t.Body
	}
	return u, mysql.NotFound(err)
}

// Change is what a person may change about themself; nil leaves a field as it is.
type Change struct {
	DisplayName  *string
	HomeNodeID   *id.Node
	ElderView    *bool
	ShowOnBoards *bool
}

// Update applies the change and returns the person as now stored. Errors:
// fault.ReasonInvalidInput, fault.ReasonNotACommunity.
func (p *People) Update(ctx context.Context, person id.User, c Change, onCommit mysql.OnCommit[User]) (User, error) {
	if err := p.check(ctx, &c); err != nil {
		return User{}, err
	}
	var u User
	err := p.db.Tx(ctx, func(tx *mysql.Tx) error {
		var waiting []content.Text
		u = User{}
		err := tx.Read(ctx, mysql.One(&u, "user.lock", mysql.Args{"id": person}),
			content.Own(&waiting, state.User.Noun, int64(person)))
		if err != nil {
			return gone(err)
		}
		for _, t := range waiting {
			u.WaitingName = t.Body
		}
		before := u
		set(&u.DisplayName, c.DisplayName)
		set(&u.ElderView, c.ElderView)
		set(&u.ShowOnBoards, c.ShowOnBoards)
		if c.HomeNodeID != nil && (u.HomeNodeID == nil || *u.HomeNodeID != *c.HomeNodeID) {
			u.HomeNodeID = c.HomeNodeID
		}
		if err := p.hold(tx, before, &u, c.DisplayName != nil); err != nil {
			return err
		}
		if u != before { // there is something that history should tell
			err = errors.Join(tx.Add("user.update", u), edited(tx, u))
		}
		return errors.Join(err, onCommit.Do(tx, u, err))
	})
	return u, err
}

// gone is the error of who has deleted the account while the request was under way.
func gone(err error) error {
	if errors.Is(err, mysql.ErrNone) {
		return fault.New(fault.ReasonUnauthenticated)
	}
	return err
}

// hold keeps a written name back until it is passed: others see the former one. One that
// waits already goes on waiting.
func (p *People) hold(tx *mysql.Tx, before User, u *User, written bool) error {
	if p.texts == nil || !written {
		return nil
	}
	name := u.DisplayName
	if name == before.WaitingName || name == before.DisplayName && before.WaitingName == "" {
		u.DisplayName = before.DisplayName
		return nil
	}
	var err error
	u.DisplayName, err = p.texts.Hold(tx, content.Writing{
		Field:  matter.Field{Noun: state.User.Noun, Subject: int64(u.ID), Name: "display_name"},
		Writer: u.ID, Text: name, Former: before.DisplayName,
	})
	if u.WaitingName = ""; name != u.DisplayName {
		u.WaitingName = name
	}
	return err
}

func set[T any](field, value *T) {
	if value != nil {
		*field = *value
	}
}

func (p *People) check(ctx context.Context, c *Change) error {
	if c.DisplayName != nil {
		if err := CheckDisplayName(c.DisplayName, "displayName", "称呼"); err != nil {
			return err
		}
	}
	if c.HomeNodeID == nil {
		return nil
	}
	node, err := p.tree.GetNode(ctx, *c.HomeNodeID)
	if err != nil && !fault.Has(err, fault.ReasonNotFound) {
		return err
	}
	if !node.Kind.TakesWishes() {
		return fault.New(fault.ReasonNotACommunity)
	}
	if mysql.IsConfined(ctx) { // a reviewer lives where the review community is
		return fault.New(fault.ReasonReviewOnly)
	}
	return nil
}

// GetPhone is the number that the person handed over in WeChat; empty: none.
func (p *People) GetPhone(ctx context.Context, person id.User) (string, error) {
	var sealed []byte
	err := p.db.Get(ctx, &sealed, "user.phone", mysql.Args{"id": person})
	if err != nil || sealed == nil {
		return "", mysql.NotFound(err)
	}
	return p.sealer.Open(phonePlace(person), sealed)
}

// phonePlace is where a person's number is sealed for.
func phonePlace(person id.User) seal.Place {
	return seal.Place{Table: "users", Column: "phone", Row: int64(person)}
}

// SetPhone keeps the phone number that the person agreed to hand over, by the
// code of WeChat's button, and returns it with its middle hidden. A new number
// takes the place of an old one. Errors: those of wechat.Client.Phone,
// fault.ReasonPhoneTaken for a number that somebody else has.
func (p *People) SetPhone(ctx context.Context, person id.User, code string, onCommit mysql.OnCommit[string]) (
	label string, err error) {
	number, err := p.wechat.Phone(ctx, code)
	if err != nil {
		return "", err
	}
	label = seal.MaskPhone(number)
	err = p.db.Tx(ctx, func(tx *mysql.Tx) error {
		var u User
		var owners int
		err := tx.Read(ctx, mysql.One(&u, "user.lock", mysql.Args{"id": person}),
			mysql.One(&owners, "user.phone_owners", mysql.Args{
				"lookups": p.sealer.LookupAll(seal.PurposePhone, number), "id": person,
			}))
		if err != nil {
			return gone(err)
		}
		if owners > 0 {
			return fault.New(fault.ReasonPhoneTaken)
		}
		sealed, err := p.sealer.Seal(phonePlace(person), number)
		if err != nil {
			return err
		}
		err = errors.Join(edited(tx, u), tx.Add("user.set_phone", mysql.Args{
			"id": person, "phone": sealed, "lookup": p.sealer.Lookup(seal.PurposePhone, number), "label": label,
		}))
		return errors.Join(err, onCommit.Do(tx, label, err))
	})
	if mysql.IsDuplicate(err, "users_phone") { // two phones at once
		err = fault.New(fault.ReasonPhoneTaken)
	}
	return label, err
}
