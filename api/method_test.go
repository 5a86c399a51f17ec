package api_test

import (
	"net/http"
	"testing"

	"xinyuan/internal/app/apptest"
)

// WeChat's client cannot send PATCH: it posts and names the method it means.
func TestPostMayMeanPatch(t *testing.T) {
	w := apptest.New(t)
	header := http.Header{"X-Http-Method-Override": {http.MethodPatch}}
	w.CallWith(header, "resident", "/api/v1/me", map[string]any{"elderView": true}).Want(http.StatusOK)
}
