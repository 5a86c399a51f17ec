package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"xinyuan/internal/leaderboard"
)

// boardPage is the answer of getLeaderboard. It writes its JSON by itself: encoding
// twenty entries by their fields takes longer than reading them.
type boardPage struct {
	leaderboard.Page
	mayExport *bool // nil: nobody has asked
}

// VisitGetLeaderboardResponse writes a Leaderboard of openapi.yaml.
func (p boardPage) VisitGetLeaderboardResponse(w http.ResponseWriter) error {
	shared, err := p.Text(encodeBoard)
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

// encodeBoard writes what all get alike, up to the brace that ends it.
func encodeBoard(p leaderboard.Page) ([]byte, error) {
	text := append(make([]byte, 0, 2048), `{"asOf":"`...)
	text = p.AsOf.AppendFormat(text, time.RFC3339Nano)
	text = append(text, `","items":[`...)
	for i, e := range p.Entries {
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
	if p.Next != nil {
		text = append(append(append(text, `,"nextCursor":"`...), p.Next.String()...), '"')
	}
	return text, nil
}

func appendPlace(text []byte, p leaderboard.Place) []byte {
	text = strconv.AppendInt(append(text, `"rank":`...), p.Rank, 10)
	return strconv.AppendInt(append(text, `,"score":`...), p.Score, 10)
}
