package api

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"xinyuan/internal/leaderboard"
	"xinyuan/internal/seal"
)

// boardPage is the answer of getLeaderboard. It writes its JSON by itself: encoding
// twenty entries by their fields takes longer than reading them.
type boardPage struct {
	leaderboard.Page
	mayExport *bool // nil: nobody has asked
	seal      func(leaderboard.Cursor) (string, error)
}

// VisitGetLeaderboardResponse writes a Leaderboard of openapi.yaml.
func (p boardPage) VisitGetLeaderboardResponse(w http.ResponseWriter) error {
	shared, err := p.Text(p.encode)
	if err != nil {
		return err
	}
	own := make([]byte, 0, 128)
	if p.mayExport != nil {
		own = strconv.AppendBool(append(own, `,"mayExport":`...), *p.mayExport)
	}
	if p.Me != nil {
		own = append(appendPlace(append(own, `,"me":{`...), *p.Me), '}')
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	_, err = w.Write(shared)
	_, wrong := w.Write(append(own, "}\n"...))
	return errors.Join(err, wrong)
}

// encode writes what all get alike, up to the brace that ends it.
func (p boardPage) encode(page leaderboard.Page) ([]byte, error) {
	text := append(make([]byte, 0, 2048), `{"asOf":"`...)
	text = page.AsOf.AppendFormat(text, time.RFC3339Nano)
	text = append(text, `","items":[`...)
	for i, e := range page.Entries {
		name, err := json.Marshal(e.Name)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			text = append(text, ',')
		}
		text = append(append(text, `{"displayName":`...), name...)
		text = appendPlace(append(text, ','), e.Place)
		if e.Subject != 0 {
			text = append(append(append(text, `,"subjectId":"`...), e.Subject.String()...), '"')
		}
		text = append(text, '}')
	}
	text = append(text, ']')
	if page.Next != nil {
		next, err := p.seal(*page.Next)
		if err != nil {
			return nil, err
		}
		text = append(append(append(text, `,"nextCursor":"`...), next...), '"')
	}
	return text, nil
}

// cursorPlace is for what a board's cursor is sealed. The cursor says who stands last on the page, and that may be
// somebody who has not agreed to be named: elsewhere the same id has a name.
var cursorPlace = seal.Place{Table: "leaderboards", Column: "cursor", Row: 1}

func (s *server) sealCursor(c leaderboard.Cursor) (string, error) {
	sealed, err := s.Sealer.Seal(cursorPlace, c.String())
	return base64.RawURLEncoding.EncodeToString(sealed), err
}

func (s *server) openCursor(text string) (c leaderboard.Cursor, ok bool) {
	sealed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return c, false
	}
	opened, err := s.Sealer.Open(cursorPlace, sealed)
	if err != nil {
		return c, false
	}
	return leaderboard.ParseCursor(opened)
}

func appendPlace(text []byte, p leaderboard.Place) []byte {
	text = strconv.AppendInt(append(text, `"rank":`...), p.Rank, 10)
	return strconv.AppendInt(append(text, `,"score":`...), p.Score, 10)
}
