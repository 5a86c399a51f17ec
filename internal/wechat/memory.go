package wechat

import (
	"context"
	"sync"
	"time"

	"xinyuan/internal/clock"
)

// memoryTokens is a TokenStore within one process.
type memoryTokens struct {
	machine *clock.Clock
	mu      sync.Mutex
	kept    map[string]keptToken
}

type keptToken struct {
	value string
	until time.Time
}

// NewMemoryTokens returns a TokenStore for one process: lives are judged by
// machine, and nothing outlives the process. Its methods return no errors.
func NewMemoryTokens(machine *clock.Clock) TokenStore {
	return &memoryTokens{machine: machine, kept: make(map[string]keptToken)}
}

func (m *memoryTokens) Get(_ context.Context, key string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.live(key), nil
}

func (m *memoryTokens) Set(_ context.Context, key, value string, life time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(key, value, life)
	return nil
}

func (m *memoryTokens) SetIfAbsent(_ context.Context, key, value string, life time.Duration) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.live(key) != "" {
		return false, nil
	}
	m.put(key, value, life)
	return true, nil
}

func (m *memoryTokens) CompareAndDelete(_ context.Context, key, value string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if current := m.live(key); current == "" || current != value {
		return false, nil
	}
	delete(m.kept, key)
	return true, nil
}

func (m *memoryTokens) put(key, value string, life time.Duration) {
	m.kept[key] = keptToken{value: value, until: m.machine.Now().Add(life)}
}

// live is the value of a key whose life is not over, or "". It needs the lock.
func (m *memoryTokens) live(key string) string {
	kept, ok := m.kept[key]
	if !ok || !m.machine.Now().Before(kept.until) {
		return ""
	}
	return kept.value
}
