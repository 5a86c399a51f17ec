package apptest

import (
	"strconv"
	"time"

	"xinyuan/internal/devstack"
	"xinyuan/internal/grant"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
	"xinyuan/internal/user"
	"xinyuan/internal/wechat/wechattest"
)

// Town is a small county: two streets, three communities, and people of every
// kind under the demo's names. Member 1 to Members are active in Home.
type Town struct {
	*World
	County, Street, Home, Sister, Far, Grid, Unit id.Node
	People                                        map[string]id.User

	squads int // how many teams were founded
}

// NewTown starts the application with a Town of so many members.
func NewTown(w *World, members int) *Town {
	t := &Town{World: w, People: map[string]id.User{}}
	t.T.Helper()
	must(t.T, w.App.DB.Tx(t.T.Context(), func(tx *mysql.Tx) error {
		var err error
		add := func(kind org.Kind, name string, parent id.Node) id.Node {
			n := org.Node{Kind: kind, Name: name}
			if parent != 0 {
				n.ParentID = &parent
			}
			added, problem := org.Add(tx, n)
			if problem != nil {
				err = problem
			}
			return added
		}
		t.County = add(org.KindCounty, "通化县", 0)
		t.Street = add(org.KindStreet, "茂山街道", t.County)
		other := add(org.KindStreet, "东安街道", t.County)
		t.Home = add(org.KindCommunity, "茂山社区", t.Street)
		t.Sister = add(org.KindCommunity, "团结社区", t.Street)
		t.Far = add(org.KindCommunity, "文化社区", other)
		t.Grid = add(org.KindGrid, "第一网格", t.Home)
		t.Unit = add(org.KindUnit, "县供电公司", t.Home)
		if err != nil {
			return err
		}
		return t.addPeople(tx, members)
	}))
	return t
}

func (t *Town) addPeople(tx *mysql.Tx, members int) error {
	for _, p := range []struct {
		persona string
		role    id.Role
		node    id.Node
	}{
		{"resident", "", 0}, {"resident-2", "", 0}, {"secretary", id.RoleSecretary, t.Home},
		{"grid", id.RoleGridWorker, t.Grid}, {"street", id.RoleStreet, t.Street}, {"county", id.RoleCounty, t.County},
		{"auditor", id.RoleAuditor, t.County}, {"unit", id.RoleUnitLiaison, t.Unit},
		{"leader", id.RoleSecretary, t.Far}, // here: the secretary of a community that is not concerned
	} {
		if err := t.addPerson(tx, p.persona); err != nil {
			return err
		}
		if p.role == "" {
			continue
		}
		g := grant.Grant{Role: p.role, NodeID: p.node, From: tx.Now()}
		if _, err := grant.Add(tx, t.People[p.persona], g); err != nil {
			return err
		}
	}
	for i := 1; i <= members; i++ {
		persona := "member-" + strconv.Itoa(i)
		if err := t.addPerson(tx, persona); err != nil {
			return err
		}
		m := membership.Membership{UserID: t.People[persona], NodeID: t.Home, UnitID: t.Unit}
		if _, err := membership.Add(tx, t.App.Sealer, m, "王建国"); err != nil {
			return err
		}
	}
	return nil
}

func (t *Town) addPerson(tx *mysql.Tx, persona string) error {
	u, err := user.Add(tx, wechattest.DemoOpenID(persona), user.User{DisplayName: persona, ShowOnBoards: true})
	t.People[persona] = u.ID
	return err
}

// Enroll makes a persona an active member of Home.
func (t *Town) Enroll(persona string) { t.EnrollAt(persona, t.Home, t.Unit) }

// EnrollAt makes a persona, who need not be there yet, an active member of a community from a unit.
func (t *Town) EnrollAt(persona string, node, unit id.Node) id.Membership {
	t.T.Helper()
	var made id.Membership
	must(t.T, t.App.DB.Tx(t.T.Context(), func(tx *mysql.Tx) error {
		if t.People[persona] == 0 {
			if err := t.addPerson(tx, persona); err != nil {
				return err
			}
		}
		m := membership.Membership{UserID: t.People[persona], NodeID: node, UnitID: unit}
		var err error
		made, err = membership.Add(tx, t.App.Sealer, m, "孙丽华")
		return err
	}))
	return made
}

// AddUnit adds a unit below a community.
func (t *Town) AddUnit(name string, community id.Node) id.Node {
	t.T.Helper()
	var unit id.Node
	must(t.T, t.App.DB.Tx(t.T.Context(), func(tx *mysql.Tx) error {
		var err error
		unit, err = org.Add(tx, org.Node{Kind: org.KindUnit, Name: name, ParentID: &community})
		return err
	}))
	return unit
}

// OnBehalf has a persona post a wish for somebody whose phone it is, and returns
// its id.
func (t *Town) OnBehalf(persona, phone string) string {
	t.T.Helper()
	draft := Draft(t.Home)
	draft["contact"] = map[string]any{"name": Name, "phone": phone, "address": Address}
	draft["onBehalf"] = map[string]any{"consent": "oral", "note": "上门时老人口头同意"}
	return t.Call(persona, "POST", "/api/v1/wishes", draft).Want(201).Text("id")
}

// Phone, Name and Address are a resident's contact in tests; they must show
// nowhere but to whom they are meant for.
const (
	Phone   = devstack.CanaryPhone
	Name    = devstack.CanaryName
	Address = devstack.CanaryAddress
)

// Draft is the body of a wish in the community.
func Draft(node id.Node) map[string]any {
	return map[string]any{
		"nodeId": node, "category": "repair", "title": devstack.PublicTitle,
		"description": "水龙头一直滴水，请打 " + Phone + " 找我。",
		"contact":     map[string]any{"name": Name, "phone": Phone, "address": Address},
	}
}

// Post posts a wish of the resident in Home and returns its id.
func (t *Town) Post() string {
	t.T.Helper()
	return t.Call("resident", "POST", "/api/v1/wishes", Draft(t.Home)).Want(201).Text("id")
}

// Open posts a wish and publishes it.
func (t *Town) Open() string {
	t.T.Helper()
	w := t.Post()
	t.Call("secretary", "POST", "/api/v1/wishes/"+w+"/review", map[string]any{"decision": "publish"}).Want(200)
	return w
}

// Claimed is an open wish that the member has claimed.
func (t *Town) Claimed(member string) (wish, claim string) {
	t.T.Helper()
	wish = t.Open()
	return wish, t.Call(member, "POST", "/api/v1/wishes/"+wish+"/claims", nil).Want(201).Text("id")
}

// Approved is a claim that the secretary has approved.
func (t *Town) Approved(member string) (wish, claim string) {
	t.T.Helper()
	wish, claim = t.Claimed(member)
	t.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	return wish, claim
}

// Delivered is a claim that waits for the resident.
func (t *Town) Delivered(member string) (wish, claim string) {
	t.T.Helper()
	wish, claim = t.Approved(member)
	t.Call(member, "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "换了阀芯。"}).Want(200)
	return wish, claim
}

// Fulfilled is a claim that the resident has confirmed.
func (t *Town) Fulfilled(member string) (wish, claim string) {
	t.T.Helper()
	wish, claim = t.Delivered(member)
	answer := map[string]any{"accepted": true, "rating": 5}
	t.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", answer).Want(200)
	return wish, claim
}

// Grant gives a role to a persona, from now on.
func (t *Town) Grant(persona string, role id.Role, node id.Node) {
	t.T.Helper()
	must(t.T, t.App.DB.Tx(t.T.Context(), func(tx *mysql.Tx) error {
		_, err := grant.Add(tx, t.People[persona], grant.Grant{Role: role, NodeID: node, From: tx.Now()})
		return err
	}))
}

// Served is service of the persona that began so long before now, as the
// secretary has confirmed it.
func (t *Town) Served(persona string, ago time.Duration, minutes int64, title string) {
	t.T.Helper()
	ctx, secretary := t.T.Context(), t.People["secretary"]
	grants, err := t.App.Grants.ListOf(ctx, secretary)
	must(t.T, err)
	begin := t.Clocks.Business.Now().Add(-ago)
	must(t.T, t.App.DB.Tx(ctx, func(tx *mysql.Tx) error {
		_, err := t.App.Records.Record(ctx, tx, hours.Batch{
			Actor: secretary, Grant: &grants[0].ID, Source: state.SourceActivity, Node: t.Home, Title: title,
			Entries: []hours.Entry{{
				User: t.People[persona], Start: begin, End: begin.Add(time.Duration(minutes) * time.Minute), Minutes: minutes,
			}},
		})
		return err
	}))
}
