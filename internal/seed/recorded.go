package seed

import (
	"context"
	"time"

	"xinyuan/internal/contact"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/wish"
)

// visited is a wish of somebody of the home community who has no phone to write it
// with: one of the staff posts it, another publishes it and approves the claim, and a
// third writes down what the resident says of the delivery.
type visited struct {
	recorder, decider, asker string
	contact                  contact.Contact
	plea                     plea
	consent                  string
	how                      wish.How
	note                     string
	days                     int // how long ago it was posted; the yes is four days later
	// again is what the resident says a day later to who asks once more; empty: nobody
	// has asked yet.
	again string
}

var visits = []visited{
	{"grid", "secretary", "street", contact.Contact{Name: "吴秀珍", Phone: "13943500127", Address: "振兴路31号2单元101室"},
		plea{"repair", "卫生间的灯不亮了", "一个人住，眼睛不好，卫生间的灯坏了半个月，夜里摸黑。不会踩凳子换。",
			"换了节能灯，顺手把开关也换了。", ""},
		"入户走访时本人口头同意", wish.HowPhone, "老人说灯亮了，夜里不怕了。", 24, ""},
	{"secretary", "street", "grid", contact.Contact{Name: "杨德福", Phone: "13943500213", Address: "新华街8号1单元302室"},
		plea{"errand", "想去医院复查，没人陪", "上个月做过手术，要去县医院复查，儿女在外地，自己排不了长队。",
			"陪着挂号、拍片、拿药，送回家里。", ""},
		"打电话问过本人，同意代办", wish.HowVisit, "上门看过，复查的单子和药都在。", 13, ""},
	{"grid", "secretary", "street", contact.Contact{
		Name: "周玉兰", Phone: "13943500368", Address: "振兴路55号4单元201室", Helper: "对门的小吴"},
		plea{"goods", "想要一床厚棉被", "老房子西晒东漏，冬天屋里冷，原来的被子盖了十几年，不暖了。",
			"送去一床八斤的棉被，帮着换了被套。", ""},
		"入户走访时本人口头同意", wish.HowPhone, "收到棉被了，很暖和。", 8, "还是说收到了，人也和气。"},
	{"secretary", "street", "grid", contact.Contact{Name: "孟庆河", Phone: "13943500455", Address: "新华街20号3单元102室"},
		plea{"repair", "家里门锁难开", "门锁用了二十年，钥匙拧不动，有一次在门外站了半天。",
			"换了锁芯，配了三把钥匙，试了几遍都好开。", ""},
		"在社区大厅当面同意", wish.HowVisit, "当面试了新锁，老人点头说好。", 6, ""},
}

// planVisits posts and answers for residents whom staff call on, and returns how many
// of these wishes are claimed. The county has the recorded yeses of one week asked
// again, all of them, and since then one in ten.
func (w *world) planVisits() (claimed int) {
	w.at(w.start, func(ctx context.Context) error {
		return w.db.Tx(ctx, func(tx *mysql.Tx) error {
			for since, percent := range map[time.Time]int{w.start: 0, w.morning(6, 0): 100, w.morning(1, 0): 10} {
				if err := wish.AddYesRule(tx, since, percent); err != nil {
					return err
				}
			}
			return nil
		})
	})
	for i, v := range visits {
		w.at(w.morning(v.days, i), func(ctx context.Context) error { return w.visit(ctx, v, i) })
	}
	return len(visits)
}

// visit posts the wish, and plans what follows day by day.
func (w *world) visit(ctx context.Context, v visited, turn int) error {
	posted, err := w.wishes.Submit(ctx, w.people[v.recorder], wish.Draft{
		NodeID: w.nodes[homeCode], Category: v.plea.category, Title: v.plea.title, Description: v.plea.text,
		Contact: v.contact, Practical: practical[v.plea.category],
		OnBehalf: &wish.Behalf{Consent: wish.ConsentOral, Note: v.consent},
	}, nil)
	if err != nil {
		return err
	}
	decider := w.people[v.decider]
	w.at(w.morning(v.days-1, turn), func(ctx context.Context) error {
		_, err := w.wishes.Review(ctx, decider, posted.ID, wish.Review{Publish: true}, nil)
		return err
	})
	w.at(w.morning(v.days-2, turn), func(ctx context.Context) error {
		c, member, err := w.claimBySome(ctx, posted.ID, 40+turn*9)
		if err != nil {
			return err
		}
		w.at(w.morning(v.days-2, turn+4), func(ctx context.Context) error {
			_, err := w.wishes.ReviewClaim(ctx, decider, c.ID, wish.Decision{Approve: true}, nil)
			return err
		})
		w.at(w.morning(v.days-3, turn), func(ctx context.Context) error {
			if _, err := w.wishes.ReadContact(ctx, member, posted.ID, ""); err != nil {
				return err
			}
			_, err := w.wishes.Deliver(ctx, member, c.ID, wish.Delivery{Note: v.plea.done}, nil)
			return err
		})
		w.at(w.morning(v.days-4, turn), func(ctx context.Context) error {
			return w.recordYes(ctx, v.asker, c.ID, wish.Asked{How: v.how, Note: v.note})
		})
		if v.again != "" {
			w.at(w.morning(v.days-5, turn), func(ctx context.Context) error {
				return w.recordYes(ctx, "county", c.ID, wish.Asked{How: wish.HowPhone, Note: v.again})
			})
		}
		return nil
	})
	return nil
}

// claimBySome claims for the first member from the given one on who may.
func (w *world) claimBySome(ctx context.Context, asked id.Wish, from int) (wish.Claim, id.User, error) {
	for {
		member := w.members[from%len(w.members)]
		c, err := w.wishes.Claim(ctx, member, asked, nil, nil)
		if !fault.Has(err, fault.ReasonTooManyClaims) {
			return c, member, err
		}
		from++
	}
}

// recordYes writes down that the resident is content.
func (w *world) recordYes(ctx context.Context, asker string, claim id.Claim, how wish.Asked) error {
	_, err := w.wishes.Confirm(ctx, w.people[asker], claim, wish.Answer{Accepted: true, OnBehalf: &how}, nil)
	return err
}
