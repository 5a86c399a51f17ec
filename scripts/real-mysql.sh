#!/usr/bin/env bash
# Runs a command against a genuine MySQL, since Debian's releases carry only MariaDB:
#
#   scripts/real-mysql.sh COMMAND [ARGUMENT…]
#
# The server comes from Debian's unstable suite, through the mirror that this machine uses already. It is fetched once,
# with every library it needs, into .data/mysql-server, and started there by its own loader: nothing is installed and
# root is not needed. Each run has a fresh data folder and a free loopback port, which the command finds in
# XINYUAN_TEST_MYSQL_DSN; the server ends with it, whether it succeeds, fails or is interrupted. Where that variable is
# set already, its server is used and none is started.
set -euo pipefail

[ $# -gt 0 ] || { echo "usage: real-mysql.sh COMMAND [ARGUMENT…]" >&2; exit 2; }
[ -z "${XINYUAN_TEST_MYSQL_DSN:-}" ] || exec "$@"

home=$(realpath -m "$(dirname "$0")/..")/.data/mysql-server
root=$home/root
say() { echo "real-mysql.sh: $*" >&2; }

fetch() {
  local mirror arch apt deb
  mirror=$(awk '$1 == "URIs:" || $1 == "deb" {for (i = 2; i <= NF; i++) if ($i ~ /^https?:/) {print $i; exit}}' \
    /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true)
  arch=$(dpkg --print-architecture 2>/dev/null || true)
  if [ -z "$mirror" ] || [ -z "$arch" ] || [ ! -r /usr/share/keyrings/debian-archive-keyring.gpg ]; then
    say "only Debian has this server; elsewhere set XINYUAN_TEST_MYSQL_DSN to a MySQL whose user may create databases"
    return 1
  fi
  say "fetching MySQL, once"
  mkdir -p "$home"/{lists/partial,cache/archives/partial}
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$home/sources.list"
  : >"$home/status" # no package counts as installed, so that all libraries come along
  apt=(apt-get -qq -o "Dir::Etc::SourceList=$home/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$home/lists" -o "Dir::State::Status=$home/status" -o "Dir::Cache=$home/cache"
    -o APT::Sandbox::User= -o APT::Install-Recommends=false -o Debug::NoLocking=true)
  "${apt[@]}" update
  "${apt[@]}" -y --download-only install mysql-server-core >/dev/null
  rm -rf "$root.new"
  mkdir "$root.new"
  for deb in "$home"/cache/archives/*.deb; do dpkg-deb -x "$deb" "$root.new"; done
  rm -rf "$root" "$home"/{cache,lists}
  mv "$root.new" "$root"
}

# mysqld takes the shell's place and is ended by the kernel when the script is.
mysqld() {
  local loader libraries user=()
  loader=$(find "$root" -name 'ld-linux*.so.*' -print -quit)
  libraries=$(find "$root" -name '*.so*' -path '*/lib/*' -printf '%h\n' | sort -u | paste -sd :)
  [ "$(id -u)" != 0 ] || user=(--user=root) # a server that changes its user would stay behind
  exec setpriv --pdeathsig TERM "$loader" --library-path "$libraries" "$root/usr/sbin/mysqld" --no-defaults \
    "${user[@]}" --basedir="$root/usr" --lc-messages-dir="$root/usr/share/mysql" --datadir="$run/data" \
    --tmpdir="$run" --secure-file-priv= "$@"
}

# version is what the log says once it serves: a moment after it listens.
version() { sed -n "s/.*ready for connections. Version: '\([^']*\)'.*/\1/p" "$home/mysqld.log"; }

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# start tries free ports until the server listens on one.
start() {
  local _ try
  for try in 1 2 3; do
    port=$((20000 + RANDOM % 12000))
    ! answers "$port" || continue
    mysqld --port="$port" --bind-address=127.0.0.1 --socket="$run/sock" --pid-file="$run/pid" --mysqlx=OFF \
      --skip-name-resolve --skip-log-bin --innodb-flush-log-at-trx-commit=0 --max-connections=400 \
      --skip-innodb-doublewrite --innodb-flush-method=nosync --innodb-file-per-table=0 \
      --local-infile=1 \
      --init-file="$run/init.sql" \
      >"$home/mysqld.log" 2>&1 </dev/null &
    server=$!
    for _ in $(seq 150); do
      kill -0 "$server" 2>/dev/null || break
      if [ -s "$run/pid" ] && answers "$port"; then return 0; fi
      sleep 0.2
    done
    stop
  done
  say "it does not start; see $home/mysqld.log"
  return 1
}

stop() {
  [ -n "${server:-}" ] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}

tidy() {
  stop
  rm -rf "${run:?}"
}

mkdir -p "$home"
exec 9>"$home/lock"
flock 9
[ -x "$root/usr/sbin/mysqld" ] || fetch
flock -u 9

# The path is short, for the socket. In memory, where there are 4 GB, hundreds of databases come and go cheaply.
run=$(mktemp -d "$("$(dirname "$0")/roomy.sh")/xinyuan-mysql-XXXXXX")
trap tidy EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
(mysqld --initialize-insecure) >"$home/init.log" 2>&1 || { say "it cannot set itself up; see $home/init.log"; exit 1; }
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
cat >"$run/init.sql" <<SQL
CREATE USER tests@'127.0.0.1' IDENTIFIED BY '$password';
GRANT ALL ON *.* TO tests@'127.0.0.1';
SQL
start
XINYUAN_TEST_MYSQL_DSN="tests:$password@tcp(127.0.0.1:$port)/"
export XINYUAN_TEST_MYSQL_DSN
for _ in $(seq 50); do
  [ -z "$(version)" ] || break
  sleep 0.1
done
say "MySQL $(version) on port $port"

# The command gets a process group of its own, to which signals are passed on; the server gets none of them.
set -m
"$@" 9>&- &
command=$!
trap 'kill -INT -- "-$command" 2>/dev/null' INT
trap 'kill -TERM -- "-$command" 2>/dev/null' TERM
code=0
wait "$command" || code=$?
while kill -0 "$command" 2>/dev/null; do
  code=0
  wait "$command" || code=$?
done
exit "$code"
