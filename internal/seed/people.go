package seed

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/contact"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/user"
	"xinyuan/internal/wechat/wechattest"
)

// The demo's home: 茂山社区 of 茂山街道.
const (
	countyCode = "220521000000"
	streetCode = "220521001000"
	homeCode   = "220521001001"
)

// Members is how many members the demo has in its home community.
const Members = 200

// others are the communities that are alive in the demo beside its home: both
// that are called 利民社区 are among them.
var others = []string{"220521001002", "220521001003", "220521001005", "220521002001", "220521101001", "220521202001"}

func (w *world) addPeople(ctx context.Context) error {
	if err := w.addOffices(ctx); err != nil {
		return err
	}
	return w.db.Tx(ctx, func(tx *mysql.Tx) error {
		if err := w.addMembers(tx, w.units); err != nil {
			return err
		}
		if err := w.addNewcomers(tx); err != nil {
			return err
		}
		return w.addResidents(tx)
	})
}

// addOffices adds units and staff.
func (w *world) addOffices(ctx context.Context) error {
	nodes, err := w.tree.ListNodes(ctx, 0, "")
	if err != nil {
		return err
	}
	for _, n := range nodes {
		w.nodes[n.Code] = n.ID
	}
	return w.db.Tx(ctx, func(tx *mysql.Tx) error {
		places, err := w.addUnits(tx)
		if err != nil {
			return err
		}
		grid, err := org.Add(tx, org.Node{Kind: org.KindGrid, Name: "茂山社区第一网格", ParentID: new(w.nodes[homeCode])})
		w.units = places
		return errors.Join(err, w.addStaff(tx, grid))
	})
}

// addUnits adds the home community's units.
func (w *world) addUnits(tx *mysql.Tx) ([]id.Node, error) {
	home := w.nodes[homeCode]
	places := make([]id.Node, len(units))
	for i, name := range units {
		unit, err := org.Add(tx, org.Node{Kind: org.KindUnit, Name: name, ParentID: &home})
		if err != nil {
			return nil, err
		}
		places[i] = unit
	}
	return places, nil
}

func (w *world) addPerson(tx *mysql.Tx, persona string, u user.User) (id.User, error) {
	home := w.nodes[homeCode]
	if u.HomeNodeID == nil {
		u.HomeNodeID = &home
	}
	u, err := user.Add(tx, wechattest.DemoOpenID(persona), u)
	w.people[persona] = u.ID
	return u.ID, err
}

// works is the unit of the home community whose trade most needs are: 县住房和城乡建设局.
func (w *world) works() id.Node { return w.units[slices.Index(units, "县住房和城乡建设局")] }

func (w *world) addStaff(tx *mysql.Tx, grid id.Node) error {
	for _, p := range []struct {
		persona, name string
		role          id.Role
		node          id.Node
	}{
		{"secretary", "孙丽华", id.RoleSecretary, w.nodes[homeCode]},
		{"grid", "于洋", id.RoleGridWorker, grid},
		{"unit", "马文静", id.RoleUnitLiaison, w.units[0]},
		{"responder", "郑海涛", id.RoleResponder, w.works()},
		{"area-leader", "沈国华", id.RoleAreaLeader, w.nodes[streetCode]},
		{"street", "韩志远", id.RoleStreet, w.nodes[streetCode]},
		{"county", "宋立民", id.RoleCounty, w.nodes[countyCode]},
		{"auditor", "冯雪", id.RoleAuditor, w.nodes[homeCode]},
	} {
		person, err := w.addPerson(tx, p.persona, user.User{DisplayName: p.name})
		if err != nil {
			return err
		}
		g := grant.Grant{Role: p.role, NodeID: p.node, From: tx.Now()}
		if _, err := grant.Add(tx, person, g); err != nil {
			return err
		}
	}
	w.staff[w.nodes[homeCode]] = w.people["secretary"]
	for i, code := range others {
		node := w.nodes[code]
		person, err := w.addPerson(tx, "secretary-"+code, user.User{DisplayName: w.name(memberGiven, i*3), HomeNodeID: &node})
		if err != nil {
			return err
		}
		if _, err := grant.Add(tx, person, grant.Grant{Role: id.RoleSecretary, NodeID: node, From: tx.Now()}); err != nil {
			return err
		}
		w.staff[node] = person
	}
	return nil
}

// name is a person's name that differs for nearby numbers.
func (w *world) name(given []string, n int) string {
	return string(surnames[(n*7+n/len(given))%len(surnames)]) + given[n%len(given)]
}

func (w *world) addMembers(tx *mysql.Tx, places []id.Node) error {
	for i := 1; i <= Members; i++ {
		name := w.name(memberGiven, i)
		// Most agree to be named on the boards, some do not.
		member, err := w.addMember(tx, fmt.Sprintf("member-%d", i), name, i%5 != 0,
			membership.Membership{NodeID: w.nodes[homeCode], UnitID: places[i%len(places)]})
		if err != nil {
			return err
		}
		w.members = append(w.members, member)
	}
	leader, err := w.addMember(tx, "leader", "高永刚", true,
		membership.Membership{NodeID: w.nodes[homeCode], UnitID: places[2]})
	if err != nil {
		return err
	}
	w.members = append(w.members, leader)
	for i := range 48 {
		guest, err := w.addMember(tx, fmt.Sprintf("guest-%d", i), w.name(memberGiven, i*5+2), i%4 != 0,
			membership.Membership{NodeID: w.nodes[others[i%len(others)]], UnitID: places[i%len(places)]})
		if err != nil {
			return err
		}
		w.guests = append(w.guests, guest)
	}
	return nil
}

func (w *world) addMember(tx *mysql.Tx, persona, name string, shown bool, m membership.Membership) (id.User, error) {
	person, err := w.addPerson(tx, persona, user.User{DisplayName: name, ShowOnBoards: shown, HomeNodeID: &m.NodeID})
	if err != nil {
		return 0, err
	}
	m.UserID = person
	_, err = membership.Add(tx, w.Sealer, m, name)
	return person, err
}

func (w *world) addResidents(tx *mysql.Tx) error {
	for _, p := range []struct{ persona, name, full string }{
		{"resident", "刘奶奶", "刘桂兰"}, {"resident-2", "赵大爷", "赵德顺"},
	} {
		person, err := w.addPerson(tx, p.persona, user.User{DisplayName: p.name})
		if err != nil {
			return err
		}
		w.own(w.nodes[homeCode], person, p.full)
	}
	for i, code := range append([]string{homeCode, homeCode, homeCode}, others...) {
		for j := range 4 {
			node, full := w.nodes[code], w.name(elderGiven, i*4+j)
			person, err := w.addPerson(tx, fmt.Sprintf("resident-%d-%d", i, j), user.User{
				DisplayName: string([]rune(full)[:1]) + "老师", HomeNodeID: &node, ElderView: j%2 == 0,
			})
			if err != nil {
				return err
			}
			w.own(node, person, full)
		}
	}
	return nil
}

func (w *world) own(node id.Node, person id.User, full string) {
	w.owners[node] = append(w.owners[node], resident{person, contact.Contact{
		Name:  full,
		Phone: fmt.Sprintf("1%d%09d", 3+w.rand.IntN(6), w.rand.IntN(1_000_000_000)),
		Address: fmt.Sprintf("%s%d号%d单元%d%02d室", pick(w, streets), 1+w.rand.IntN(80), 1+w.rand.IntN(5),
			1+w.rand.IntN(6), 1+w.rand.IntN(4)),
	}})
}

// day is a number of days.
func day(n float64) time.Duration { return time.Duration(n * float64(24*time.Hour)) }
