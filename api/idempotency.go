package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"

	"xinyuan/internal/fault"
	"xinyuan/internal/idempotency"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
)

// A request with an Idempotency-Key happens once. Its answer is written in the
// transaction of its effect (see keep), under a unique key, so a twin can never
// have an effect of its own: it fails, is found to be a twin, and is told what
// the first was told. Refusals are not kept and judged anew.

const keyHeader = "Idempotency-Key"

type keyedKey struct{}

// once lets a keyed request happen once, where the contract says that the
// operation takes a key.
func (s *server) once(op *openapi3.Operation) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if op.Parameters.GetByInAndName(openapi3.ParameterInHeader, keyHeader) == nil {
			return next
		}
		return func(c echo.Context) error {
			r := c.Request()
			key := r.Header.Get(keyHeader)
			if key == "" {
				return next(c)
			}
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return err
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			k := idempotency.Request{
				Person: me(r.Context()), Operation: op.OperationID, Key: key,
				Hash: s.Sealer.Lookup(seal.PurposeRequest, r.URL.Path+" "+string(body)),
			}
			c.SetRequest(r.WithContext(context.WithValue(r.Context(), keyedKey{}, k)))
			if err := next(c); err != nil {
				return s.replay(c, k, err)
			}
			return nil
		}
	}
}

// replay answers a refused request with what its twin was told, if there is one.
func (s *server) replay(c echo.Context, k idempotency.Request, refused error) error {
	kept, found, err := s.Requests.Find(c.Request().Context(), k)
	switch {
	case err != nil:
		// Whether the twin has happened is not known: no refusal may end it.
		return unknownTwin(refused, err)
	case !found:
		return refused
	case kept.Hash != k.Hash:
		return fault.New(fault.ReasonKeyReused)
	}
	c.Response().Header().Set("Idempotency-Replayed", "true")
	if kept.Status == http.StatusNoContent {
		return c.NoContent(kept.Status)
	}
	return c.JSONBlob(kept.Status, kept.Body)
}

// unknownTwin is the error of a refused request whose twin cannot be looked up: the client tries again.
func unknownTwin(refused, lookUp error) error {
	return fault.Because(fault.ReasonUnavailable, errors.Join(refused, lookUp))
}

// keep writes the answer of a keyed request in the transaction of its effect;
// without a key it keeps nothing.
func keep[T, A any](ctx context.Context, s *server, status int, encode func(T) A) mysql.OnCommit[T] {
	k, ok := ctx.Value(keyedKey{}).(idempotency.Request)
	if !ok {
		return nil
	}
	return func(tx *mysql.Tx, outcome T) error {
		answer, err := json.Marshal(encode(outcome))
		if err != nil {
			return fmt.Errorf("api: %w", err)
		}
		return s.Requests.Keep(tx, k, status, answer)
	}
}

// keepDone is keep for a write that answers nothing but that it is done.
func keepDone(ctx context.Context, s *server) mysql.OnCommit[struct{}] {
	return keep(ctx, s, http.StatusNoContent, func(done struct{}) struct{} { return done })
}
