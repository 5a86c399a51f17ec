package org

import "testing"

func TestPhones(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "0435-5226001": true, "04355226001": true, " 0435－522 6001 ": true, "13843512345": true,
		"400-812-3456": true, "4008123456": true, "12345": true, "010-12345678": true,
		"5226001": false, "1384351234": false, "110": false, "23456": false, "0435-522": false, "12843512345": false,
		"0435-5226001转8": false,
	} {
		if _, right := Phone(text); right != want {
			t.Errorf("%q is a number: %t", text, right)
		}
	}
}

func TestPlacesOfKinds(t *testing.T) {
	for kind, want := range map[Kind]struct{ wishes, phone bool }{
		KindCounty: {false, true}, KindStreet: {false, true}, KindCommunity: {true, true}, KindVillage: {true, true},
		KindGrid: {false, true}, KindBuilding: {false, false}, KindGroup: {false, false}, KindUnit: {false, false},
	} {
		if kind.TakesWishes() != want.wishes || kind.HasPhone() != want.phone {
			t.Errorf("a %s takes wishes: %t, has a phone: %t", kind, kind.TakesWishes(), kind.HasPhone())
		}
	}
}
