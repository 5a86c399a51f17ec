// Package app builds all parts over their servers. The commands and the tests
// use the same.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"xinyuan/api"
	"xinyuan/internal/activity"
	"xinyuan/internal/agreement"
	"xinyuan/internal/assignment"
	"xinyuan/internal/attendance"
	"xinyuan/internal/ballot"
	"xinyuan/internal/brand"
	"xinyuan/internal/bucket"
	"xinyuan/internal/certificate"
	"xinyuan/internal/clock"
	"xinyuan/internal/complaint"
	"xinyuan/internal/config"
	"xinyuan/internal/contact"
	"xinyuan/internal/content"
	"xinyuan/internal/duty"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/handover"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/idempotency"
	"xinyuan/internal/keyring"
	"xinyuan/internal/leaderboard"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/membership"
	"xinyuan/internal/minicode"
	"xinyuan/internal/moderation"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/objection"
	"xinyuan/internal/offer"
	"xinyuan/internal/org"
	"xinyuan/internal/outbox"
	"xinyuan/internal/points"
	"xinyuan/internal/project"
	"xinyuan/internal/redis"
	"xinyuan/internal/report"
	"xinyuan/internal/retention"
	"xinyuan/internal/review"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
	"xinyuan/internal/task"
	"xinyuan/internal/team"
	"xinyuan/internal/user"
	"xinyuan/internal/visit"
	"xinyuan/internal/wechat"
	"xinyuan/internal/wish"
)

// App is an installation, ready to serve.
type App struct {
	api.Parts
	Config config.Config
	Redis  *redis.Client
	Outbox *outbox.Box
	// Pictures are checked before others see them.
	Pictures *content.Pictures

	weChat                               *wechat.Client
	retention                            *retention.Service
	stopping                             atomic.Bool
	sweepsDone, sweepsFailed, rowsFailed atomic.Int64
}

// Options are what the configuration does not say.
type Options struct {
	Clocks clock.Clocks
	Log    *slog.Logger
	// IDs, LoseCommit and Node are for tests: see mysql.Options.
	IDs        *id.Generator
	LoseCommit func(attempt int) bool
	Node       bool
	// QueriesChecked is for tests that open many: this program has had a server
	// prepare its queries against the same schema already.
	QueriesChecked bool
	// RedisPrefix is put before every key: for tests that share a server.
	RedisPrefix string
}

// Open connects to the servers of the configuration and builds the parts. It
// refuses a schema older than this program (mysql.ErrOldSchema) and a named
// query that the schema does not carry.
func Open(ctx context.Context, c config.Config, o Options) (_ *App, err error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	a := &App{Config: c, Parts: api.Parts{
		Log: o.Log, Clocks: o.Clocks, BodyLimit: c.HTTP.BodyLimit, Timeout: c.HTTP.Timeout,
		Busy:    c.HTTP.Requests,
		Proxies: c.HTTP.Proxies, Rates: c.Limits, IndividualBoards: c.Boards.Individual,
		Operator: api.Operator{Name: c.Operator.Name, Contact: c.Operator.Contact, SessionLife: c.Session.Life},
	}}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if a.Sealer, err = seal.New(c.Seal.Keys.Reveal()); err != nil {
		return nil, err
	}
	if a.Redis, err = redis.Open(redis.Options{
		Addr: c.Redis.Addr, Password: c.Redis.Password.Reveal(), Prefix: o.RedisPrefix,
	}); err != nil {
		return nil, err
	}
	if err := mysql.Migrated(ctx, c.MySQL.DSN.Reveal()); err != nil {
		return nil, err
	}
	if a.DB, err = mysql.Open(ctx, c.MySQL.DSN.Reveal(), mysql.Options{
		Pool: c.MySQL.Pool, Wait: c.MySQL.Wait, Business: o.Clocks.Business, IDs: o.IDs,
		Longest: longestStatement, LoseCommit: o.LoseCommit, Node: o.Node,
	}); err != nil {
		return nil, err
	}
	if !o.QueriesChecked {
		if err := a.DB.Check(ctx); err != nil {
			return nil, err
		}
	}
	if err := a.checkKeys(ctx); err != nil {
		return nil, err
	}
	return a, a.build()
}

// longestStatement is more than any that a server sends takes, the sum of a large board (five minutes) included.
const longestStatement = 6 * time.Minute

// checkKeys refuses a list of keys that cannot open what is stored: what is sealed
// with another key in the meantime would have to be found again later.
func (a *App) checkKeys(ctx context.Context) error {
	missing, err := keyring.Check(ctx, a.DB, a.Sealer)
	if err != nil {
		return err
	}
	for _, m := range missing {
		err = errors.Join(err, fmt.Errorf("seal.keys：%s。把原来的放回去，新的写在最前面，用逗号隔开", m))
	}
	if err != nil {
		return err
	}
	return keyring.Remember(ctx, a.DB, a.Sealer)
}

func (a *App) build() error {
	c := a.Config
	client, err := wechat.New(wechat.Config{
		AppID: c.WeChat.AppID, Secret: c.WeChat.Secret.Reveal(), BaseURL: c.WeChat.BaseURL, Proxy: c.WeChat.Proxy.Reveal(),
		Timeout: c.WeChat.Timeout,
	}, redis.NewTokens(a.Redis), a.Clocks.Machine)
	if err != nil {
		return fmt.Errorf("app: %w", err)
	}
	a.weChat = client
	a.Outbox = outbox.New(a.DB, a.Clocks.Machine)
	if a.Pushes, err = a.pushes(); err != nil {
		return fmt.Errorf("app: %w", err)
	}
	a.Texts, a.Limits = a.contentChecks(), redis.NewLimits(a.Redis)
	a.Requests = idempotency.New(a.DB, a.Clocks.Machine)
	a.Tree = org.New(a.DB)
	a.Grants = grant.New(a.DB, a.Sealer)
	a.People = user.New(a.DB, a.Tree, client,
		redis.NewSessions(a.Redis, a.Clocks.Machine, c.Session.Life), a.Sealer)
	a.Ledger = points.New(a.DB, a.Outbox)
	a.Records = hours.New(a.DB, a.Grants, a.Sealer, a.Ledger)
	a.Photos = media.New(a.DB, a.Sealer, a.Clocks.Machine, c.Media.Folder)
	if err := a.keepPictures(); err != nil {
		return err
	}
	a.Contacts = contact.New(a.DB, a.Sealer)
	a.Wishes = wish.New(a.DB, a.Grants, a.Sealer, a.Ledger)
	a.Teams, a.Activities = team.New(a.DB, a.Sealer), activity.New(a.DB, a.Sealer)
	a.haveChecked()
	a.Memberships = membership.New(a.DB, a.Tree, a.Grants, a.Sealer)
	a.Memberships.BeforeLeaving(a.Wishes.ReleaseAll)
	a.buildRequests()
	rules := attendance.Rules{
		Before: c.Attendance.Before, After: c.Attendance.After,
		Guesses: c.Attendance.Guesses.Count, GuessSpan: c.Attendance.Guesses.Per,
		Sample: c.Service.SamplePercent, OfflineSample: c.Service.OfflineSamplePercent,
	}
	a.Attendance = attendance.New(a.DB, a.Sealer, a.Activities, a.Records,
		attendance.Limits{Redis: a.Limits, Rules: rules})
	a.Objections = objection.New(a.DB, a.Sealer, a.Grants, a.Records)
	a.Boards = leaderboard.New(a.DB, a.Redis, a.Outbox, a.Log)
	a.Boards.KeepFor(c.Boards.Keep, a.Clocks.Machine)
	a.Reports = report.New(a.DB, a.Grants, report.Watch{
		Hours: report.WatchHours{
			Days: c.Service.WatchDays, Hours: c.Service.WatchHours, Records: c.Service.WatchRecords,
			Percent: c.Service.WatchPercent, Late: c.Service.LateEntry,
		},
		Yeses: report.WatchYeses{
			Days: c.Yes.WatchDays, Yeses: c.Yes.WatchYeses, Percent: c.Yes.WatchPercent, Denied: c.Yes.DeniedPercent,
		},
	}, report.Keeping{Times: c.Stats.KeepTimes, Machine: a.Clocks.Machine})
	a.Inbox = matter.New(a.DB, a.Records.AddMinutes)
	a.Certificates = certificate.New(a.DB, a.Grants, a.Sealer, certificate.Installation{
		PublicURL: c.HTTP.PublicURL, Connected: c.Certificate.Connected,
	})
	a.MiniCodes = minicode.New(a.DB, a.weChat, a.Sealer)
	a.Reviews = review.New(a.DB, a.Sealer, a.Clocks.Machine)
	a.Tasks = task.New(a.DB, shows())
	a.buildSubscriptions()
	a.retention = retention.New(a.DB, a.Sealer, a.Photos, a.Clocks.Machine)
	a.buildAccounts()
	a.Ready = func(ctx context.Context) error {
		if a.stopping.Load() {
			return fault.Because(fault.ReasonUnavailable, errStopping)
		}
		return errors.Join(a.DB.Ping(ctx), a.Redis.Alive(ctx))
	}
	return nil
}

// keepPictures keeps pictures in a store, where the configuration names one.
func (a *App) keepPictures() error {
	store, err := Bucket(a.Config)
	if store != nil {
		a.Photos.KeepIn(store)
	}
	return err
}

// Bucket is where the configuration keeps pictures; nil: in the folder.
func Bucket(c config.Config) (*bucket.Bucket, error) {
	m := c.Media
	if m.S3Endpoint == "" {
		return nil, nil //nolint:nilnil // no store is no error
	}
	return bucket.Open(bucket.Options{
		Endpoint: m.S3Endpoint, Region: m.S3Region, Name: m.S3Bucket, Key: m.S3Key, Secret: m.S3Secret.Reveal(),
		Timeout: m.S3Timeout,
	})
}

var errStopping = errors.New("app: the server is stopping")

// Stopping makes the server unready: a load balancer sends nobody here any more.
func (a *App) Stopping() { a.stopping.Store(true) }

// CheckWeChat asks WeChat whether it serves this installation, and writes what the
// operator has to do where it does not. People who are logged in notice nothing.
func (a *App) CheckWeChat(ctx context.Context) {
	err := a.weChat.Check(ctx)
	var problem *wechat.Problem
	switch {
	case errors.As(err, &problem):
		a.Log.ErrorContext(ctx, "WeChat does not serve this installation", "do", problem.Advice, "errcode", problem.Code,
			"address", problem.Address, "rid", problem.Request, "error", problem.Unwrap())
	case err == nil:
		a.Log.InfoContext(ctx, "WeChat knows this installation")
	}
}

// buildRequests builds what residents say and what is done for it.
func (a *App) buildRequests() {
	a.Complaints = complaint.New(a.DB, a.Sealer)
	a.Assignments = assignment.New(a.DB, a.Sealer)
	a.Needs = need.New(a.DB, a.Sealer, a.Assignments)
	a.Handovers = handover.New(a.DB, a.Sealer, a.Needs, a.Wishes)
	a.Visits = visit.New(a.DB, a.Sealer, a.Needs)
	a.Offers = offer.New(a.DB, a.Sealer)
	a.Agreements = agreement.New(a.DB, a.Sealer)
	a.Ballots = ballot.New(a.DB)
	a.Projects = project.New(a.DB, a.Sealer, a.Ballots)
	a.Brands = brand.New(a.DB, a.Sealer, a.Ballots)
	a.Duties = duty.New(a.DB, a.Sealer)
}

// shows are what a list of tasks shows of each noun that waits at desks.
func shows() map[string]matter.Show {
	return map[string]matter.Show{
		state.Wish.Noun: wish.Show, state.Claim.Noun: wish.ShowClaims, state.Membership.Noun: membership.Show,
		state.Complaint.Noun: complaint.Show, state.Record.Noun: hours.Show, state.Objection.Noun: objection.Show,
		state.Case.Noun: moderation.Show,
		state.Need.Noun: need.Show, state.Assignment.Noun: assignment.Show, state.Admission.Noun: duty.Show,
		state.Project.Noun: project.Show, state.Brand.Noun: brand.Show,
	}
}

// Work runs the outbox's workers and the periodic jobs until ctx ends.
func (a *App) Work(ctx context.Context) {
	var wg sync.WaitGroup
	wg.Go(func() { a.Boards.RunProjector(ctx) })
	wg.Go(func() { a.sweep(ctx) })
	for _, pool := range a.Pools() {
		wg.Go(func() { a.Outbox.Run(ctx, a.Log, pool) })
	}
	wg.Wait()
}

// sweepEvery is how soon deadlines that have passed show.
const sweepEvery = 2 * time.Second

// Sweep lets claims lapse and wishes expire whose time has come, and forgets old
// keys and pictures that nobody used. It seals codes from before. Several workers may do it at once: the rules
// decide under the locks.
func (a *App) Sweep(ctx context.Context) error {
	return atEach(ctx, a.swept())
}

func atEach(ctx context.Context, parts []sweeper) error {
	var err error
	for _, p := range parts {
		err = errors.Join(err, fault.Catch(func() error { return p.Sweep(ctx) }))
	}
	return err
}

type sweeper interface {
	Sweep(ctx context.Context) error
}

// swept are the parts that have deadlines.
func (a *App) swept() []sweeper {
	all := []sweeper{
		a.Wishes, a.Memberships, a.Activities, a.Records, a.Complaints, a.Requests, a.Photos, a.Objections, a.Teams,
		a.Certificates, a.Pushes, a.Accounts, a.retention, a.Texts, a.Cases, a.Needs,
		a.Assignments, a.Visits, a.Offers, a.Duties, a.Subscriptions,
		a.Projects, a.Brands,
	}
	if a.ChecksPictures {
		all = append(all, a.Pictures)
	}
	return all
}

func (a *App) sweep(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		switch err := a.Sweep(ctx); {
		case err == nil:
			a.sweepsDone.Add(1)
		case ctx.Err() == nil:
			failed := sweep.Failed(err)
			a.sweepsFailed.Add(1)
			a.rowsFailed.Add(int64(failed))
			a.Log.ErrorContext(ctx, "periodic jobs wait", "rows", failed, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Serve runs what every server needs beside its requests until ctx ends: with
// worker also the outbox's workers.
func (a *App) Serve(ctx context.Context, worker bool) {
	var wg sync.WaitGroup
	wg.Go(func() { a.Boards.RunRebuilds(ctx) })
	if worker {
		wg.Go(func() { a.Work(ctx) })
	}
	wg.Wait()
}

// Handler is everything that is served over HTTP.
func (a *App) Handler(o api.Options) (http.Handler, error) {
	if o.Metrics == nil {
		o.Metrics = prometheus.NewRegistry()
	}
	if err := o.Metrics.Register(metrics{a}); err != nil {
		return nil, fmt.Errorf("app: %w", err)
	}
	return api.New(a.Parts, o)
}

// Close ends the connections.
func (a *App) Close() error {
	var err error
	if a.DB != nil {
		err = a.DB.Close()
	}
	if a.Redis != nil {
		err = errors.Join(err, a.Redis.Close())
	}
	return err
}
