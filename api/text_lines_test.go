package api

import (
	"strings"
	"testing"
)

// Each field that may have several lines is one of the contract.
func TestFieldsOfManyLinesAreInTheContract(t *testing.T) {
	for _, name := range manyLines {
		if !strings.Contains(string(Contract), " "+name+": {type: string") {
			t.Errorf("openapi.yaml has no string %s: take it out of manyLines", name)
		}
	}
}
