package complaint

import (
	"context"
	"errors"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Service runs the rules in transactions.
type Service struct {
	db     *mysql.DB
	sealer *seal.Sealer
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer) *Service { return &Service{db, sealer} }

// subject is what the author may say of a wish.
type subject struct {
	Known  bool `db:"known"`
	Within bool `db:"within"`
}

// Submit writes a complaint or a suggestion. Phone and ID-card numbers in its
// text are hidden. Error: fault.ReasonInvalidInput, also for a node that nobody
// complains about and a wish that the author cannot know of.
func (s *Service) Submit(ctx context.Context, author id.User, d Draft,
	onCommit mysql.OnCommit[Complaint]) (Complaint, error) {
	if err := fault.NeedText(&d.Text, "text", "要说的事", MaxText); err != nil {
		return Complaint{}, err
	}
	var (
		node         org.Node
		wish         subject
		placed, sort bool
		people       []id.User
		args         = mysql.Args{
			"wish": d.WishID, "author": author, "node": d.NodeID, "kind": d.Kind, "roles": id.Deciders(), "at": s.db.Now(),
		}
	)
	err := s.db.Read(ctx, org.WantNode(ctx, &node, &placed, d.NodeID),
		mysql.Maybe(&wish, &sort, "complaint.subject", args),
		mysql.Many(&people, "complaint.concerned", args))
	switch {
	case err != nil:
		return Complaint{}, err
	case !isTakenAt(node.Kind):
		return Complaint{}, fault.BadField("nodeId", "请选择一个社区、村、街道，或者县。")
	case d.WishID != 0 && !wish.Known:
		return Complaint{}, fault.BadField("wishId", "没有找到这个心愿。可以不选它，把事情写在下面。")
	case d.WishID != 0 && !wish.Within:
		return Complaint{}, fault.BadField("wishId", "这个心愿不是这个地方的，请换一个地方。")
	}
	var k Complaint
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		k, err = s.submit(tx, author, d, node, people)
		return errors.Join(err, onCommit.Do(tx, k, err))
	})
	return k, err
}

// submit writes a checked draft.
func (s *Service) submit(tx *mysql.Tx, author id.User, d Draft, node org.Node, people []id.User) (Complaint, error) {
	k := Complaint{
		ID: mysql.NewID[id.Complaint](tx), AuthorID: author, NodeID: d.NodeID, NodeName: node.Name, Kind: d.Kind,
		WishID: d.WishID, Status: state.Complaint.Initial, CreatedAt: tx.Now(), AskedAt: tx.Now(), Version: 1,
	}
	k.DeskID, k.DeskName = deskOf(d.Kind, node)
	var err error
	k.Text, err = matter.Redact(tx, s.sealer,
		matter.Field{Noun: state.Complaint.Noun, Subject: int64(k.ID), Name: "text"}, d.Text)
	if err != nil {
		return k, err
	}
	if err := tx.Add("complaint.add", k); err != nil {
		return k, err
	}
	var rows []mysql.Args
	for _, p := range people {
		if p != author {
			rows = append(rows, mysql.Args{"complaint": k.ID, "user": p})
		}
	}
	if len(rows) > 0 {
		if err := tx.Add("complaint.add_parties", rows); err != nil {
			return k, err
		}
	}
	_, err = matter.Save(tx, s.sealer, k.matter(people), matter.Step{Actor: author, Name: state.EventCreate})
	return k, err
}

// change locks a complaint, applies the rule, and writes the step that it gives.
func (s *Service) change(ctx context.Context, actor id.User, complaint id.Complaint, onCommit mysql.OnCommit[Complaint],
	rule func(k *Complaint, by Actor, tx *mysql.Tx) (matter.Step, error)) (Complaint, error) {
	var k Complaint
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: actor}
		k = Complaint{}
		if err := tx.Read(ctx, lock(&k, &by, complaint)...); err != nil {
			return mysql.NotFound(err)
		}
		before := k
		done, err := rule(&k, by, tx)
		if err != nil {
			return err
		}
		done.Actor = actor
		err = s.save(tx, before, &k, done, by.Parties)
		return errors.Join(err, onCommit.Do(tx, k, err))
	})
	return k, err
}

// Answer answers. Errors: fault.ReasonInvalidInput, and those of Complaint.Reply.
func (s *Service) Answer(ctx context.Context, actor id.User, complaint id.Complaint, text string,
	onCommit mysql.OnCommit[Complaint]) (Complaint, error) {
	if err := fault.NeedText(&text, "answer", "答复", MaxAnswer); err != nil {
		return Complaint{}, err
	}
	return s.change(ctx, actor, complaint, onCommit, func(k *Complaint, by Actor, tx *mysql.Tx) (matter.Step, error) {
		g, err := k.Reply(by, tx.Now())
		return matter.Step{Grant: &g.ID, Name: state.EventAnswer, Reason: text}, err
	})
}

// Reopen asks once more, and the next level answers. Errors:
// fault.ReasonInvalidInput, and those of Complaint.Reopen.
func (s *Service) Reopen(ctx context.Context, actor id.User, complaint id.Complaint, reason string,
	onCommit mysql.OnCommit[Complaint]) (Complaint, error) {
	if err := fault.NeedText(&reason, "reason", "还没解决的地方", MaxAnswer); err != nil {
		return Complaint{}, err
	}
	return s.change(ctx, actor, complaint, onCommit, func(k *Complaint, by Actor, tx *mysql.Tx) (matter.Step, error) {
		var desk id.Node
		if err := tx.Get(ctx, &desk, "complaint.next_desk", mysql.Args{"complaint": complaint}); err != nil {
			return matter.Step{}, err
		}
		return matter.Step{Name: state.EventReopen, Reason: reason}, k.Reopen(by, desk, tx.Now())
	})
}

// Close says that it is settled. Errors: those of Complaint.Close.
func (s *Service) Close(ctx context.Context, actor id.User, complaint id.Complaint,
	onCommit mysql.OnCommit[Complaint]) (Complaint, error) {
	return s.change(ctx, actor, complaint, onCommit, func(k *Complaint, by Actor, tx *mysql.Tx) (matter.Step, error) {
		return matter.Step{Name: state.EventClose}, k.Close(by, tx.Now())
	})
}

// View is a complaint as one person may see it.
type View struct {
	Complaint
	History   []matter.Entry
	MayAnswer bool
}

// Get returns a complaint with its history. Error: fault.ReasonNotFound, also for
// whom it does not exist.
func (s *Service) Get(ctx context.Context, actor id.User, complaint id.Complaint) (View, error) {
	var v View
	by := Actor{ID: actor}
	err := s.db.Read(ctx, mysql.One(&v.Complaint, "complaint.get", mysql.Args{"complaint": complaint}),
		parties(&by, complaint), grant.CoveringDesk(&by.Grants, actor, state.Complaint.Noun, complaint),
		matter.History(&v.History, state.Complaint.Noun, int64(complaint)))
	if err != nil {
		return v, mysql.NotFound(err)
	}
	if !v.Sees(by, s.db.Now()) {
		return v, fault.New(fault.ReasonNotFound)
	}
	try := v.Complaint
	_, err = try.Reply(by, s.db.Now())
	v.MayAnswer = err == nil
	return v, nil
}

// ListMine lists a person's own complaints, the newest first.
func (s *Service) ListMine(ctx context.Context, author id.User, before id.Complaint, limit int) ([]Complaint, error) {
	before = id.OrLatest(before)
	var all []Complaint
	err := s.db.Select(ctx, &all, "complaint.page_mine", mysql.Args{"author": author, "before": before, "limit": limit})
	return all, err
}

// Sweep tells the next level of complaints that still wait.
func (s *Service) Sweep(ctx context.Context) error {
	waiting := matter.Waiting{What: "waiting complaints", Query: "complaint.waiting", After: EscalateAfter}
	return matter.EscalateWaiting(ctx, s.db, waiting, s.escalate)
}

func (s *Service) escalate(ctx context.Context, complaint id.Complaint) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var k Complaint
		var nobody Actor
		if err := tx.Read(ctx, lock(&k, &nobody, complaint)...); err != nil {
			return err
		}
		before := k
		if err := k.Escalate(tx.Now()); err != nil {
			return err
		}
		return s.save(tx, before, &k, matter.Step{Name: state.EventEscalate}, nobody.Parties)
	})
}
