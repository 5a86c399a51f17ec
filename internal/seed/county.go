package seed

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/user"
)

// The figures of the county's programme, as its party secretary gave them.
const (
	countyMembers    = 1400
	countyUnits      = 60
	leadingGroups    = 56
	centreHouseholds = 235
	buildingHeads    = 412 // with the unit heads more than a thousand
	unitHeads        = 624
)

// deedsOf is how much was done in the year of a profile.
type deedsOf struct {
	claimed int // wishes that members have claimed
	teams   int // of 365志愿服务
	minutes int64
	needs   needsOf

	bookings   int // of what units and communities open
	agreements int // of units with communities
	promises   int // in their lines
	projects   projectsOf
	brands     int
}

var years = map[Profile]deedsOf{
	ProfileDemo: {},
	ProfileLoad: {},
	ProfileCounty: {
		1658, 212, 460_000 * 60, needsOf{84, 22, 52, 402, 276, 21, 31, 14, 370, 81, 27, 96}, 640, 78, 214,
		projectsOf{391, 12, 64, 21, 27, 9}, 31,
	},
	// As many teams as have a person in each.
	ProfileTenth: {
		166, 72, 46_000 * 60, needsOf{8, 2, 5, 41, 28, 2, 3, 1, 37, 8, 3, 10}, 64, 8, 22,
		projectsOf{39, 1, 6, 2, 3, 1}, 6,
	},
}

// addCounty adds what the county has beside the demo: every community with its
// secretary, grids, leading groups and posts, sixty units and 1,400 members.
func (w *world) addCounty(ctx context.Context) error {
	nodes, err := w.tree.ListNodes(ctx, w.nodes[countyCode], "")
	if err != nil {
		return err
	}
	var communities []id.Node
	for _, street := range nodes {
		below, err := w.tree.ListNodes(ctx, street.ID, org.KindCommunity)
		if err != nil {
			return err
		}
		for _, c := range below {
			communities = append(communities, c.ID)
		}
	}
	if err := w.addSecretaries(ctx, communities); err != nil {
		return err
	}
	if err := w.addPosts(ctx, communities); err != nil {
		return err
	}
	places, err := w.addCountyUnits(ctx, communities)
	if err != nil {
		return err
	}
	if err := w.addCountyMembers(ctx, communities, places); err != nil {
		return err
	}
	if err := w.addCountyResidents(ctx, communities); err != nil {
		return err
	}
	if err := w.addOpeners(ctx, places); err != nil {
		return err
	}
	if err := w.addCountyTeams(ctx, communities); err != nil {
		return err
	}
	return w.addCountyNeeds(ctx, communities, places)
}

func (w *world) addSecretaries(ctx context.Context, communities []id.Node) error {
	return w.db.Tx(ctx, func(tx *mysql.Tx) error {
		for i, node := range communities {
			if w.staff[node] != 0 {
				continue
			}
			person, err := w.addHolder(tx, fmt.Sprintf("secretary-of-%d", i), w.name(memberGiven, i*3+1), id.RoleSecretary, node)
			if err != nil {
				return err
			}
			w.staff[node] = person
		}
		return nil
	})
}

// addHolder adds a person who holds a post.
func (w *world) addHolder(tx *mysql.Tx, persona, name string, role id.Role, node id.Node) (id.User, error) {
	person, err := w.addPerson(tx, persona, user.User{DisplayName: name, HomeNodeID: &node})
	if err != nil {
		return 0, err
	}
	_, err = grant.Add(tx, person, grant.Grant{Role: role, NodeID: node, From: tx.Now()})
	return person, err
}

// giveLeader has a leader of the county answer for one more place.
func (w *world) giveLeader(tx *mysql.Tx, leader id.User, node id.Node) error {
	_, err := grant.Add(tx, leader, grant.Grant{Role: id.RoleAreaLeader, NodeID: node, From: tx.Now()})
	return err
}

// addPosts spreads grids, leading groups and posts over the communities.
func (w *world) addPosts(ctx context.Context, communities []id.Node) error {
	grids := make([]id.Node, 0, len(communities)*2)
	err := w.db.Tx(ctx, func(tx *mysql.Tx) error {
		add := func(kind org.Kind, name string, parent id.Node) (id.Node, error) {
			return org.Add(tx, org.Node{Kind: kind, Name: name, ParentID: &parent})
		}
		for i := range leadingGroups {
			name := fmt.Sprintf("第%s小区领导小组", numeral(i/len(communities)+1))
			if _, err := add(org.KindGroup, name, communities[i%len(communities)]); err != nil {
				return err
			}
		}
		for i := range len(communities) * 2 {
			// The demo's home has its first grid already.
			grid, err := add(org.KindGrid, fmt.Sprintf("第%s网格", numeral(i/len(communities)+2)), communities[i%len(communities)])
			if err != nil {
				return err
			}
			grids = append(grids, grid)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, post := range []struct {
		role  id.Role
		count int
	}{
		{id.RoleGridLeader, len(grids)}, {id.RoleGridWorker, len(grids)}, {id.RolePropertyWorker, len(grids) / 2},
		{id.RoleCentreHousehold, centreHouseholds}, {id.RoleBuildingHead, buildingHeads}, {id.RoleUnitHead, unitHeads},
	} {
		err := w.batches(ctx, post.count, func(tx *mysql.Tx, i int) error {
			persona := fmt.Sprintf("%s-%d", post.role, i)
			_, err := w.addHolder(tx, persona, w.name(elderGiven, i*11+post.count), post.role, grids[i%len(grids)])
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// numeral writes a small number as signs do.
func numeral(n int) string { return string([]rune("零一二三四五六七八九")[n]) }

// batches does it for 0 to count, two hundred in a transaction.
func (w *world) batches(ctx context.Context, count int, do func(tx *mysql.Tx, i int) error) error {
	for from := 0; from < count; from += 200 {
		err := w.db.Tx(ctx, func(tx *mysql.Tx) error {
			for i := from; i < min(from+200, count); i++ {
				if err := do(tx, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *world) addCountyUnits(ctx context.Context, communities []id.Node) ([]id.Node, error) {
	var places []id.Node
	err := w.db.Tx(ctx, func(tx *mysql.Tx) error {
		for i := range countyUnits - len(units) {
			kind := countyUnitKinds[i%len(countyUnitKinds)]
			name := fmt.Sprintf("通化县%s", kind)
			switch round := i / len(countyUnitKinds); {
			case isMassUnit(i):
				name = countyMass[i/massEvery]
			case round > 0:
				name = fmt.Sprintf("通化县第%s%s", numeral(round+1), kind)
			}
			unit, err := org.Add(tx, org.Node{Kind: org.KindUnit, Name: name, ParentID: &communities[i%len(communities)]})
			if err != nil {
				return err
			}
			places = append(places, unit)
		}
		return nil
	})
	return places, err
}

func (w *world) addCountyMembers(ctx context.Context, communities, places []id.Node) error {
	missing := countyMembers - len(w.members) - len(w.guests)
	return w.batches(ctx, missing, func(tx *mysql.Tx, i int) error {
		member, err := w.addMember(tx, fmt.Sprintf("county-member-%d", i), w.name(memberGiven, i*13+5), i%3 != 0,
			membership.Membership{NodeID: communities[i%len(communities)], UnitID: places[i%len(places)]})
		w.guests = append(w.guests, member)
		return err
	})
}

func (w *world) addCountyResidents(ctx context.Context, communities []id.Node) error {
	return w.batches(ctx, len(communities)*12, func(tx *mysql.Tx, i int) error {
		node, full := communities[i%len(communities)], w.name(elderGiven, i*5+3)
		person, err := w.addPerson(tx, fmt.Sprintf("county-resident-%d", i), user.User{
			DisplayName: string([]rune(full)[:1]) + "老师", HomeNodeID: &node, ElderView: i%2 == 0,
		})
		if err == nil {
			w.own(node, person, full)
		}
		return err
	})
}

// sortedOwners are the communities whose residents post, in an order that holds.
func (w *world) sortedOwners() []id.Node { return slices.Sorted(maps.Keys(w.owners)) }

// planCounty writes a year of wishes that came true beside what the demo has of
// today.
func (w *world) planCounty(claimed int) {
	w.planCountyOffers()
	w.planCountyProjects()
	nodes := w.sortedOwners()
	for i := range years[w.Profile].claimed - claimed {
		node := nodes[i%len(nodes)]
		from := w.start.Add(day(2 + w.rand.Float64()*(w.days-25)))
		w.begin(story{node, pick(w, w.owners[node]), w.plea(), fulfilled, setbackOf(i), false}, from)
	}
}
