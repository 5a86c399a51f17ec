package project

import (
	"testing"
	"time"

	"xinyuan/internal/ballot"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/state"
)

var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

const community, leading, helping, other = id.Node(7), id.Node(8), id.Node(9), id.Node(10)

func place(role id.Role) grant.Grants {
	return grant.Grants{{ID: 9, Role: role, NodeID: community, HolderID: 2, From: noon}}
}

func speaks(unit id.Node) grant.Grants {
	return grant.Grants{{ID: 9, Role: id.RoleUnitLiaison, NodeID: unit, HolderID: 3, From: noon}}
}

var (
	secretary = Actor{ID: 2, Place: place(id.RoleSecretary), Helpers: []id.Node{helping}}
	sender    = Actor{ID: 1, Place: grant.Grants{{ID: 9, Role: id.RoleSecretary, HolderID: 1, From: noon}}}
	asker     = Actor{ID: 2, Place: place(id.RoleSecretary), Askers: []id.User{2}}
	member    = Actor{ID: 2, Place: place(id.RoleSecretary), MemberOf: leading}
	helper    = Actor{ID: 2, Place: place(id.RoleSecretary), MemberOf: helping, Helpers: []id.Node{helping}}
	liaison   = Actor{ID: 3, Units: speaks(leading), Helpers: []id.Node{helping}}
	second    = Actor{ID: 4, Units: speaks(helping), Helpers: []id.Node{helping}}
	third     = Actor{ID: 5, Units: speaks(other)}
	resident  = Actor{ID: 6}
	claimer   = Actor{ID: 3, Place: grant.Grants{{ID: 9, Role: id.RoleStreet, HolderID: 3, From: noon}}}
)

// in is a project in the status, with its milestone done, led by one unit.
func in(s state.ProjectStatus) Project {
	p := Project{ID: 1, NodeID: community, SenderID: 1, Status: s, Version: 1, Steps: 1, Done: 1}
	if s != state.ProjectProposed {
		p.OpenedAt = &noon
	}
	if s != state.ProjectProposed && s != state.ProjectOpen {
		p.UnitID, p.ClaimerID, p.MatchedAt = leading, 3, &noon
	}
	return p
}

// voted is a counted vote.
func voted(yes, no int) *ballot.Ballot {
	return &ballot.Ballot{ID: 1, CountedAt: &noon, Yes: &yes, No: &no}
}

func TestWhoDoesWhatWhen(t *testing.T) {
	type step = func(p *Project, by Actor) error
	publish := func(p *Project, by Actor) error { _, err := p.Publish(by, noon); return err }
	claim := func(unit id.Node) step {
		return func(p *Project, by Actor) error { _, err := p.Claim(by, unit, noon); return err }
	}
	join := func(unit id.Node) step {
		return func(p *Project, by Actor) error { _, err := p.Join(by, unit, noon); return err }
	}
	release := func(unit id.Node) step {
		return func(p *Project, by Actor) error { _, _, err := p.Release(by, unit, noon); return err }
	}
	start := func(unit id.Node) step {
		return func(p *Project, by Actor) error { _, err := p.Start(by, []Milestone{{UnitID: unit}}, noon); return err }
	}
	report := func(m Milestone) step {
		return func(p *Project, by Actor) error { _, err := p.Report(by, &m, noon); return err }
	}
	deliver := func(p *Project, by Actor) error { _, err := p.Deliver(by, noon); return err }
	half := func(p *Project, by Actor) error { p.Done = 0; return deliver(p, by) }
	ask := func(b *ballot.Ballot) step {
		return func(p *Project, by Actor) error { _, err := p.Ask(by, b, noon); return err }
	}
	back := func(b *ballot.Ballot) step {
		return func(p *Project, by Actor) error { _, err := p.Return(by, b, noon); return err }
	}
	accept := func(b *ballot.Ballot) step {
		return func(p *Project, by Actor) error { _, err := p.Accept(by, b, noon); return err }
	}
	undo := func(p *Project, by Actor) error { _, err := p.Undo(by, noon); return err }
	stop := func(p *Project, by Actor) error { _, err := p.Stop(by, noon); return err }
	expire := func(after time.Duration) step {
		return func(p *Project, _ Actor) error { return p.Expire(noon.Add(after)) }
	}
	going := &ballot.Ballot{ID: 1}
	const wrongState, notFound, notYours, party = fault.ReasonProjectState, fault.ReasonNotFound, fault.ReasonNotYourCommunity,
		fault.ReasonPartyToMatter
	for name, c := range map[string]struct {
		do     step
		by     Actor
		status state.ProjectStatus
		want   fault.Reason
	}{
		"another one publishes":           {publish, secretary, state.ProjectProposed, ""},
		"not who proposed it":             {publish, sender, state.ProjectProposed, party},
		"nor who asked for it":            {publish, asker, state.ProjectProposed, party},
		"nobody knows of it before":       {publish, resident, state.ProjectProposed, notFound},
		"once":                            {publish, secretary, state.ProjectOpen, wrongState},
		"the first unit leads":            {claim(leading), liaison, state.ProjectOpen, ""},
		"a second one does not":           {claim(other), third, state.ProjectMatched, wrongState},
		"for one's own unit alone":        {claim(other), liaison, state.ProjectOpen, notYours},
		"what is proposed nobody takes":   {claim(leading), liaison, state.ProjectProposed, notFound},
		"another unit helps":              {join(other), third, state.ProjectRunning, ""},
		"not what leads":                  {join(leading), liaison, state.ProjectRunning, wrongState},
		"nor once more":                   {join(helping), second, state.ProjectRunning, wrongState},
		"the unit gives it back":          {release(0), liaison, state.ProjectMatched, ""},
		"so does who decides":             {release(0), secretary, state.ProjectMatched, ""},
		"a helper leaves":                 {release(helping), second, state.ProjectMatched, ""},
		"another unit gives back nothing": {release(0), third, state.ProjectMatched, notYours},
		"nor does one that helps no more": {release(other), liaison, state.ProjectMatched, wrongState},
		"nor for who decides":             {release(other), secretary, state.ProjectMatched, wrongState},
		"nor is it told to a stranger":    {release(other), third, state.ProjectMatched, notYours},
		"what has begun is stopped":       {release(0), liaison, state.ProjectRunning, wrongState},
		"who decides begins it":           {start(leading), secretary, state.ProjectMatched, ""},
		"with a helper's step":            {start(helping), secretary, state.ProjectMatched, ""},
		"not with a stranger's":           {start(other), secretary, state.ProjectMatched, fault.ReasonInvalidInput},
		"nor who took it for a unit":      {start(leading), claimer, state.ProjectMatched, party},
		"a unit reports its step":         {report(Milestone{UnitID: helping}), second, state.ProjectRunning, ""},
		"the one that leads reports any":  {report(Milestone{UnitID: helping}), liaison, state.ProjectRunning, ""},
		"a helper not another's":          {report(Milestone{UnitID: leading}), second, state.ProjectRunning, notYours},
		"a step is done once":             {report(Milestone{UnitID: leading, DoneAt: &noon}), liaison, state.ProjectRunning, wrongState},
		"the one that leads delivers":     {deliver, liaison, state.ProjectRunning, ""},
		"a helper does not":               {deliver, second, state.ProjectRunning, notYours},
		"nor with a step to do":           {half, liaison, state.ProjectRunning, wrongState},
		"people are asked":                {ask(nil), secretary, state.ProjectDelivered, ""},
		"not by people of the unit":       {ask(nil), member, state.ProjectDelivered, party},
		"again where too few voted":       {ask(voted(4, 0)), secretary, state.ProjectDelivered, ""},
		"not while they vote":             {ask(going), secretary, state.ProjectDelivered, wrongState},
		"nor once they have said yes":     {ask(voted(5, 0)), secretary, state.ProjectDelivered, wrongState},
		"it goes back":                    {back(voted(2, 3)), secretary, state.ProjectDelivered, ""},
		"not while they vote, either":     {back(going), secretary, state.ProjectDelivered, wrongState},
		"five are enough":                 {accept(voted(3, 2)), secretary, state.ProjectDelivered, ""},
		"four are not":                    {accept(voted(4, 0)), secretary, state.ProjectDelivered, fault.ReasonNotCarried},
		"nor as many no":                  {accept(voted(3, 3)), secretary, state.ProjectDelivered, fault.ReasonNotCarried},
		"nor what is not counted":         {accept(going), secretary, state.ProjectDelivered, fault.ReasonNotCarried},
		"nor without a vote":              {accept(nil), secretary, state.ProjectDelivered, fault.ReasonNotCarried},
		"the unit's people do not accept": {accept(voted(5, 0)), member, state.ProjectDelivered, party},
		"nor a helper's":                  {accept(voted(5, 0)), helper, state.ProjectDelivered, party},
		"nor who asked for it themselves": {accept(voted(5, 0)), asker, state.ProjectDelivered, party},
		"nor who took it":                 {accept(voted(5, 0)), claimer, state.ProjectDelivered, party},
		"nor the liaison":                 {accept(voted(5, 0)), liaison, state.ProjectDelivered, notYours},
		"what is running is not accepted": {accept(voted(5, 0)), secretary, state.ProjectRunning, wrongState},
		"it is taken back":                {undo, secretary, state.ProjectAccepted, ""},
		"not by the unit's people":        {undo, member, state.ProjectAccepted, party},
		"either side stops it":            {stop, liaison, state.ProjectRunning, ""},
		"and the other":                   {stop, secretary, state.ProjectRunning, ""},
		"a helper stops nothing":          {stop, second, state.ProjectRunning, notYours},
		"nor what is done":                {stop, secretary, state.ProjectDelivered, wrongState},
		"it expires":                      {expire(OpenFor), Actor{}, state.ProjectOpen, ""},
		"not a moment before":             {expire(OpenFor - 1), Actor{}, state.ProjectOpen, wrongState},
		"nor what a unit leads":           {expire(OpenFor), Actor{}, state.ProjectMatched, wrongState},
	} {
		t.Run(name, func(t *testing.T) {
			p := in(c.status)
			if err := c.do(&p, c.by); c.want == "" && err != nil || c.want != "" && !fault.Has(err, c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

// At most so many units do one project, the one that leads among them.
func TestAFullProject(t *testing.T) {
	t.Parallel()
	for helpers, full := range map[int]bool{letters.ProjectUnits - 2: false, letters.ProjectUnits - 1: true} {
		by := Actor{Units: grant.Grants{{Role: id.RoleUnitLiaison, NodeID: 900}}, Helpers: make([]id.Node, helpers)}
		p := Project{UnitID: 800, Status: state.ProjectMatched}
		if _, err := p.Join(by, 900, noon); fault.Has(err, fault.ReasonProjectState) != full {
			t.Errorf("beside %d who help, another is answered %v", helpers, err)
		}
	}
}
