package devstack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// RedisCluster is a running Redis Cluster of masters on ports of loopback, each with its part of the keys.
type RedisCluster struct {
	nodes []*Redis
	addrs []string
}

const (
	// slots are what the keys of a cluster are spread over, and the masters share.
	slots = 16384
	// toBus is how far above its port a node listens for the other nodes.
	toBus = 10000
	// attempts is how often a cluster is started, as another program may take a port that was free.
	attempts = 3
)

// StartRedisCluster runs a cluster of so many masters, which keeps nothing, with its files in the folder, and returns
// when each takes writes, two seconds later. Errors: those of StartRedis.
func StartRedisCluster(ctx context.Context, dir string, masters int) (c *RedisCluster, err error) {
	path := which(redisNames...)
	if path == "" {
		return nil, &MissingError{[]string{"Redis"}}
	}
	for attempt := range attempts {
		c, err = startRedisCluster(ctx, path, filepath.Join(dir, strconv.Itoa(attempt)), masters)
		if err == nil {
			break
		}
	}
	return c, err
}

func startRedisCluster(ctx context.Context, path, dir string, masters int) (_ *RedisCluster, err error) {
	c := &RedisCluster{}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.Stop())
		}
	}()
	ports, err := freePorts(ctx, masters)
	if err != nil {
		return nil, err
	}
	for i, port := range ports {
		home := filepath.Join(dir, strconv.Itoa(i))
		if err := os.MkdirAll(home, 0o700); err != nil {
			return nil, fmt.Errorf("devstack: %w", err)
		}
		if err := os.WriteFile(filepath.Join(home, "nodes.conf"), []byte(nodesConf(ports, i)), 0o600); err != nil {
			return nil, fmt.Errorf("devstack: %w", err)
		}
		node, err := startRedis(ctx, path, home, home, "--save", "", "--bind", "127.0.0.1", "--port", strconv.Itoa(port),
			"--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf")
		if err != nil {
			return nil, err
		}
		c.nodes, c.addrs = append(c.nodes, node), append(c.addrs, fmt.Sprintf("127.0.0.1:%d", port))
	}
	for _, node := range c.nodes {
		if err := node.process.ready(ctx, node.serves); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Addr is the cluster's address, in the form that internal/redis reads.
func (c *RedisCluster) Addr() string { return strings.Join(c.addrs, ",") }

// Stop ends all nodes and waits for them. It may be called twice.
func (c *RedisCluster) Stop() (err error) {
	for _, node := range c.nodes {
		err = errors.Join(err, node.Stop())
	}
	return err
}

// nodesConf is what the node knows of all at its start: with it they need not meet first.
func nodesConf(ports []int, me int) string {
	var text strings.Builder
	for i, port := range ports {
		flags := "master"
		if i == me {
			flags = "myself,master"
		}
		fmt.Fprintf(&text, "%040d 127.0.0.1:%d@%d %s - 0 0 %d connected %d-%d\n", i, port, port+toBus, flags, i+1,
			i*slots/len(ports), (i+1)*slots/len(ports)-1)
	}
	fmt.Fprintf(&text, "vars currentEpoch %d lastVoteEpoch 0\n", len(ports))
	return text.String()
}

// freePorts are so many ports of loopback on which nobody listens now, nor on those for the other nodes.
func freePorts(ctx context.Context, n int) (ports []int, err error) {
	for len(ports) < n {
		one, err := listenAt(ctx, 0)
		if err != nil {
			return nil, err
		}
		defer func() { _ = one.Close() }() // all are held until then, so that none comes twice
		at, err := netip.ParseAddrPort(one.Addr().String())
		if err != nil {
			return nil, fmt.Errorf("devstack: %w", err)
		}
		port := int(at.Port())
		bus, err := listenAt(ctx, port+toBus)
		if err != nil {
			continue // another program has it, or there is none so high
		}
		defer func() { _ = bus.Close() }()
		ports = append(ports, port)
	}
	return ports, nil
}

// listenAt listens at the port of loopback; 0: at any that is free.
func listenAt(ctx context.Context, port int) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return nil, fmt.Errorf("devstack: %w", err)
	}
	return l, nil
}

// serves fails while the node believes that the cluster is down, as each does for two seconds.
func (r *Redis) serves(ctx context.Context) error {
	answer, err := r.ask(ctx, "GET a")
	if err == nil && strings.HasPrefix(answer, "-CLUSTERDOWN") {
		err = fmt.Errorf("redis answers %q", answer)
	}
	return err
}
