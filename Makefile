.PHONY: test check servers

servers: ## install MariaDB and Redis where they are missing
	@PATH="$$PATH:/usr/sbin:/usr/local/sbin"; \
	{ command -v mariadbd || command -v mysqld; } >/dev/null && { command -v redis-server || command -v valkey-server; } >/dev/null || { \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends mariadb-server-core redis-server; }

test: servers ## the Go tests, on real servers
	go run ./internal/devstack/withstack go test -race ./...

check: ## formatting and vet
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "run gofmt -w on these"; exit 1; }
	go vet ./...
