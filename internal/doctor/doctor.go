// Package doctor checks that what the system promises holds in the data: it
// trusts no code of the writing side, only the rows, the lifecycles and the
// rules. It reads and never repairs.
package doctor

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"time"

	"xinyuan/internal/bucket"
	"xinyuan/internal/certificate"
	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/keyring"
	"xinyuan/internal/leaderboard"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/redis"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Result is one invariant and the rows where it fails.
type Result struct {
	Name     string   `json:"name"`
	Says     string   `json:"says"` // the invariant, in Chinese
	Findings []string `json:"findings"`

	Took time.Duration `json:"-"`
}

// env is what the checks use.
type env struct {
	db      *mysql.DB
	boards  *leaderboard.Service
	box     *outbox.Box
	machine *clock.Clock
	photos  *media.Service // nil: nobody said where the pictures are
	sealer  *seal.Sealer   // nil: nobody gave the keys
}

type check struct {
	name, says string
	find       func(context.Context, env) ([]string, error)
}

// checks are all invariants.
var checks = []check{
	{"live_claims", "每个有人在办的心愿恰好有一个进行中的认领，其他心愿一个也没有", liveClaims},
	{"history", "每个状态都能由它的经过一步步推出来", history},
	{"register", "登记簿上每件事的名称、编号、地点和状态，都和这件事本身、和它的经过一致", register},
	{"eligible", "等人办的每件事，待办里说谁能定，和规则说的一样", eligible},
	{"balances", "每个人的积分余额等于自己的全部流水", balances},
	{"causes", "每一笔积分都有它的来由", causes},
	{"paid", "每个实现的心愿都付了规则说的积分，不多不少", paid},
	{"service_times", "同一个人计入的服务时间不重叠，时长不超过实际时间、当天和活动", serviceTimes},
	{"service_reviews", "每条服务记录都由足够多的别人逐级确认过", serviceReviews},
	{"service_paid", "每条服务记录恰好记入它的时长和规则说的积分，更正过的如数收回", servicePaid},
	{"joins", "合并的时长一条不多、一条不少，都在本人的账号上，由无关的、当时有权的人决定", joins},
	{"service_told", "志愿者都知道自己的服务记录怎么样了", untoldRecords},
	{"boards", "排行榜与积分流水一致", boards},
	{"outbox", "没有积压或作废的待办消息", overdue},
	{"inbox", "该通知的人都收到一次通知，不相干的人没有收到", recipients},
	{"places", "每个地方的服务电话每改一次都有记录", places},
	{"certificates", "每份服务证明的时长等于它列出的记录", certificates},
	{"issuers", "每份服务证明由本人或者当时有权的工作人员开出，姓名的来处属实", issuers},
	{"numbers", "已经发出的编号不会再发一次", numbers},
	{"volunteers", "每位志愿者只有一个编号，证明上写的就是它", volunteers},
	{"answers", "每条投诉建议的答复人当时都有权答复，也不是当事人", answers},
	{"texts", "没有通过核对的文字别人看不到，等着定的都在待办里", checked},
	{"pictures_checked", "图片先核对、后给人看：没有一张等结果超过两天，没通过的都有人来定", picturesChecked},
	{"messages", "发到微信的每条消息本人都收到过，等着发的都有人去发，没有一条卡在半路", messages},
	{"needs", "每件办结的事都有居民或者问过居民的人的一句话；没有单子还开着；等着的都有日子；第二次退回由上一级牵头", needs},
	{"visits", "夜访由包保领导来办；记下的事都成了诉求；都有着落才结束", visits},
	{"offers", "每半小时一个位子只有一个人约；都在开放时间里；开放的单位自己管，不开的都告诉了约的人", offers},
	{"agreements", "每份协议由社区和单位各自有权的人签字；答应的事写得清、数得着，签了以后没有人改过", agreements},
	{"projects", "居民认可的项目都有至少五个人投的票，认可的多；一个单位牵头；票数和每个人投的一致，一个人一票", projects},
	{"brands", "每个品牌社区和单位都答应了，最多五个单位；每一年都有至少五个人投的票才续，没续的都歇着", brands},
	{"assignments", "每一单都派得有依据，期限照日历算，连着退回最多两次，核的人不是办的人，超期的都报了上去", assignments},
	{"duties", "职责清单一项只有一种说法；每项准入都提前申请、由县里定，到期没定就按没准算", duties},
	{"media", "每张图片都有主人，用在看得见的地方，文件也都在", pictures},
	{"attendance", "签到的人都报了名，一天最多三次；确认时长以后没有漏掉的人，时长不超过活动本身", attendance},
	{"rulings", "每条异议都由无关的、当时有权的人答复", rulings},
	{"leaders", "每支队伍恰好有一位队长", leaders},
	{"signups", "每场活动的名额和候补与报名一致，先来的先有名额", signups},
	{"rosters", "单位名册自动通过的每份报到都对应名册里的一个人，一个人只通过一份", rosters},
	{"belonging", "每份报到从何时到何时有效、由谁通过，都与经过一致", belonging},
	{"columns", "谁同意、谁确认、由哪一步记入或者改正，都与经过一致", columns},
	{"name_reads", "每次查看真实姓名的人当时都有权决定这件事", nameReads},
	{"deciders", "每件事都由当时有权、也不是当事人的人决定；审核过心愿的人不认领它，一起办的人当时都已报到", deciders},
	{"undos", "许愿人自己撤销的都是自己的确认，一天以内，一个认领只一次", undos},
	{"yeses", "替居民记下的答复，当天规定要再问的都由另一个人再问过，才算数", yeses},
	{"estates", "敏感的心愿不写小区名", estates},
	{"missed_calls", "每件回访没人接的次数和时间与它的经过一致", missedCalls},
	{"contacts", "每个心愿都有联系方式，每份联系方式都有归属", contacts},
	{"keys", "密封过东西的密钥都在设置里", keys},
	{"contact_reads", "每次查看联系方式的人当时都有资格", contactReads},
	{"accounts", "注销了的账号只剩编号：姓名、电话、心愿的内容、图片和岗位都没有了", accounts},
	{"retention", "过了保存期的联系方式、姓名、原文和图片都删了", overdueData},
	{"reviewers", "微信审核的账号只在审核专用社区里做事，审核码不超过三十天", reviewers},
}

// Checks are the names of all checks.
func Checks() []string {
	names := make([]string, len(checks))
	for i, c := range checks {
		names[i] = c.name
	}
	return names
}

// Installation is what is examined. Without Pictures, the folder, nobody looks for
// files; without a Sealer, nobody tries the keys.
type Installation struct {
	DB       *mysql.DB
	Redis    *redis.Client
	Machine  *clock.Clock
	Pictures string
	Bucket   *bucket.Bucket // where pictures are kept instead; nil: in the folder
	Sealer   *seal.Sealer
}

// Examine runs every check, or only those that are named. It changes nothing and
// may run beside a busy server. The error is that of a server out of reach.
func Examine(ctx context.Context, in Installation, only ...string) ([]Result, error) {
	results := make([]Result, 0, len(checks))
	for r, err := range Each(ctx, in, only...) {
		if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
	return results, nil
}

// Each tells what Examine finds, each result as it comes: over a million members all take three quarters of an hour.
func Each(ctx context.Context, in Installation, only ...string) iter.Seq2[Result, error] {
	box := outbox.New(in.DB, in.Machine)
	boards := leaderboard.New(in.DB, in.Redis, box, slog.New(slog.DiscardHandler))
	e := env{db: in.DB, boards: boards, box: box, machine: in.Machine, sealer: in.Sealer}
	if in.Pictures != "" {
		e.photos = media.New(in.DB, nil, in.Machine, in.Pictures)
		if in.Bucket != nil {
			e.photos.KeepIn(in.Bucket)
		}
	}
	return func(yield func(Result, error) bool) {
		for _, c := range checks {
			if len(only) > 0 && !slices.Contains(only, c.name) {
				continue
			}
			began := e.machine.Exact()
			findings, err := c.find(ctx, e)
			if err != nil {
				yield(Result{}, fmt.Errorf("doctor: %s: %w", c.name, err))
				return
			}
			if !yield(Result{c.name, c.says, append([]string{}, findings...), e.machine.Exact().Sub(began)}, nil) {
				return
			}
		}
	}
}

func keys(ctx context.Context, e env) (found []string, err error) {
	if e.sealer == nil {
		return nil, nil
	}
	missing, err := keyring.Check(ctx, e.db, e.sealer)
	for _, m := range missing {
		found = append(found, m.String())
	}
	return found, err
}

// patience is how often, and settle how long apart, boards are compared before
// a difference is believed: postings need a moment to reach them.
const (
	patience = 5
	settle   = 400 * time.Millisecond
)

func boards(ctx context.Context, e env) ([]string, error) {
	tick := time.NewTicker(settle)
	defer tick.Stop()
	for attempt := 1; ; attempt++ {
		different, err := e.boards.ListDifferences(ctx)
		if err != nil || len(different) == 0 || attempt == patience {
			return different, err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func overdue(ctx context.Context, e env) ([]string, error) {
	ids, err := e.box.ListOverdue(ctx)
	found := make([]string, len(ids))
	for i, row := range ids {
		found[i] = fmt.Sprintf("outbox %s waits longer than %s", row, outbox.Deadline)
	}
	return found, err
}

func undos(ctx context.Context, e env) ([]string, error) {
	return named(ctx, e, "doctor.undos", "event %d undoes what its actor could not undo")
}

func causes(ctx context.Context, e env) ([]string, error) {
	return named(ctx, e, "doctor.causes", "transfer %d has no event that earns it")
}

// recipients looks for events that did not reach a party whom they concern, and for
// messages to people who are none.
func recipients(ctx context.Context, e env) ([]string, error) {
	var untold, deciders []int64
	err := e.db.Read(ctx, mysql.Many(&untold, "doctor.untold", recipientsOfEvents()),
		mysql.Many(&deciders, "doctor.untold_deciders", nil))
	if err != nil {
		return nil, err
	}
	found, err := named(ctx, e, "doctor.misaddressed", "event %d was told to somebody whom it does not concern")
	for _, e := range slices.Concat(untold, deciders) {
		found = append(found, fmt.Sprintf("event %d was not told to everybody whom it concerns", e))
	}
	return found, err
}

// recipientsOfEvents are the events of each noun by the part that is told of them.
func recipientsOfEvents() mysql.Args {
	args := mysql.Args{}
	for _, l := range state.All() {
		for _, part := range state.AllRecipients() {
			if events := state.EventsTo(l.Noun, part); len(events) > 0 {
				args[l.Noun+"_"+string(part)] = events
			}
		}
	}
	return args
}

func places(ctx context.Context, e env) ([]string, error) {
	return named(ctx, e, "doctor.places", "node %d has another number of changes than its history")
}

func certificates(ctx context.Context, e env) ([]string, error) {
	return named(ctx, e, "doctor.certificates", "certificate %d does not say what its records say")
}

func issuers(ctx context.Context, e env) ([]string, error) {
	return named(ctx, e, "doctor.issuers", "certificate %d: who issued it was not entitled, or its name is from elsewhere")
}

// numbers looks for numbers that are given and would be given again.
func numbers(ctx context.Context, e env) ([]string, error) {
	var rows []struct {
		Kind   string `db:"kind"`
		Node   int64  `db:"node_id"`
		Period string `db:"period"`
	}
	err := e.db.Select(ctx, &rows, "doctor.numbers", nil)
	found := make([]string, len(rows))
	for i, r := range rows {
		found[i] = fmt.Sprintf("the next %s number of %s at %d is given already", r.Kind, r.Period, r.Node)
	}
	return found, err
}

// volunteers looks for numbers that no volunteer could have, and for certificates
// with another one.
func volunteers(ctx context.Context, e env) ([]string, error) {
	var rows []struct {
		User      id.User `db:"user_id"`
		Number    string  `db:"number"`
		Different int     `db:"different"`
	}
	err := e.db.Select(ctx, &rows, "doctor.volunteers", nil)
	var found []string
	for _, r := range rows {
		if r.Different > 0 || !certificate.IsNumber(r.Number) {
			found = append(found,
				fmt.Sprintf("volunteer %s: the number %q is no good, or not on every certificate", r.User, r.Number))
		}
	}
	return found, err
}

func answers(ctx context.Context, e env) ([]string, error) {
	return named(ctx, e, "doctor.answers", "answer %d: who gave it was not entitled then")
}

func contacts(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.contact_matter": "the contact of %d is nobody's",
		"doctor.contact_wish":   "wish %d has no contact, or one of a helper that nobody recorded",
	})
}

func contactReads(ctx context.Context, e env) ([]string, error) {
	const wrong = "contact read %d: its reader was not entitled then"
	return several(ctx, e, map[string]string{"doctor.contact_reads": wrong, "doctor.asking_reads": wrong})
}

// named puts the ids that a query finds into a sentence.
func named(ctx context.Context, e env, query, format string) ([]string, error) {
	var ids []int64
	if err := e.db.Select(ctx, &ids, query, nil); err != nil {
		return nil, err
	}
	var found []string
	for _, row := range ids {
		found = append(found, fmt.Sprintf(format, row))
	}
	return found, nil
}
