package importer

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"xinyuan/internal/id"
	"xinyuan/internal/org"
	"xinyuan/internal/words"
)

// place is a node as a table may name it.
type place struct {
	ID     id.Node  `db:"id"`
	Code   string   `db:"code"`
	Kind   org.Kind `db:"kind"`
	Name   string   `db:"name"`
	Above  id.Node  `db:"parent_id"`
	Parent string   `db:"parent_name"`
}

// gazetteer finds nodes by what tables call them.
type gazetteer struct {
	byID   map[id.Node]place
	byName map[string][]place // by code, and by name alone or behind the names above
}

func newGazetteer(all []place) gazetteer {
	g := gazetteer{map[id.Node]place{}, map[string][]place{}}
	for _, p := range all {
		g.byID[p.ID] = p
	}
	for _, p := range all {
		if p.Code != "" {
			g.byName[spelt(p.Code)] = append(g.byName[spelt(p.Code)], p)
		}
		for _, name := range g.names(p) {
			g.byName[name] = append(g.byName[name], p)
		}
	}
	return g
}

// names are those of a place: 茂山社区, 茂山街道茂山社区, 通化县茂山街道茂山社区.
func (g gazetteer) names(p place) []string {
	all := []string{spelt(p.Name)}
	for at, ok := g.byID[p.Above]; ok; at, ok = g.byID[at.Above] {
		all = append(all, spelt(at.Name)+all[len(all)-1])
	}
	return all
}

var brackets = strings.NewReplacer("(", "（", ")", "）")

// spelt is a name without what people write differently: spaces, what they put
// between the parts of a place, half-width brackets, letters that only look like others.
func spelt(name string) string {
	return brackets.Replace(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Variation_Selector, r) || strings.ContainsRune(`/\>＞-－—`, r) {
			return -1
		}
		return r
	}, words.Fold(name)))
}

// isBelow tells whether some place above p is so called.
func (g gazetteer) isBelow(p place, above string) bool {
	for at, ok := g.byID[p.Above]; ok; at, ok = g.byID[at.Above] {
		if at.Code == above || slices.Contains(g.names(at), spelt(above)) {
			return true
		}
	}
	return false
}

// find is the only place of the kinds that is so called, by code or by name and,
// where several have the name, by one above. Otherwise it says, with a word for
// what is looked for, why there is none.
func (g gazetteer) find(name, above, what string, kinds ...org.Kind) (place, string) {
	var named, found []place
	all := g.byName[spelt(name)]
	if len(all) == 0 {
		all = g.byName[strings.ToUpper(spelt(name))] // a unit's code
	}
	for _, p := range all {
		if slices.Contains(kinds, p.Kind) {
			named = append(named, p)
			if above == "" || g.isBelow(p, above) {
				found = append(found, p)
			}
		}
	}
	switch {
	case len(named) == 0:
		return place{}, fmt.Sprintf("没有叫“%s”的%s", shown(name), what)
	case len(found) == 0:
		return place{}, fmt.Sprintf("“%s”不在“%s”，在%s", shown(name), shown(above), parents(named))
	case len(found) > 1:
		return place{}, fmt.Sprintf("叫“%s”的%s不止一个，请写明上级是哪一个：%s", shown(name), what, parents(found))
	}
	return found[0], ""
}

func parents(all []place) string {
	var names []string
	for _, p := range all {
		names = append(names, p.Parent)
	}
	return strings.Join(names, "、")
}
