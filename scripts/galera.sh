#!/usr/bin/env bash
# Runs a command against a Galera cluster of three MariaDB nodes on loopback:
#
#   scripts/galera.sh COMMAND [ARGUMENT…]
#
# The command finds the nodes in XINYUAN_TEST_GALERA_DSNS, three addresses with spaces between them, and the cluster ends
# with it. On a cluster a lock holds on its own node only: two nodes that changed the same row learn it as error 1213,
# which may come as late as at COMMIT. Galera's library, and the script by which a node that comes gets
# the rows of the first, are fetched once from Debian's mirror into .data/galera; rsync is installed where it is missing.
set -euo pipefail

[ $# -gt 0 ] || { echo "usage: galera.sh COMMAND [ARGUMENT…]" >&2; exit 2; }

home=$(realpath -m "$(dirname "$0")/..")/.data/galera
say() { echo "galera.sh: $*" >&2; }
server=$(PATH=$PATH:/usr/sbin:/usr/local/sbin command -v mariadbd) || { say "MariaDB is missing: make servers"; exit 1; }

provider() { find /usr/lib "$home/root" -name libgalera_smm.so -print -quit 2>/dev/null || true; }

mkdir -p "$home"
exec 9>"$home/lock"
flock 9
if [ -z "$(provider)" ]; then
  say "fetching Galera, once"
  rm -rf "$home/new" && mkdir "$home/new"
  (cd "$home/new" && apt-get -qq -o APT::Sandbox::User= download galera-4 mariadb-server)
  for package in "$home"/new/*.deb; do dpkg-deb -x "$package" "$home/root"; done
  rm -rf "$home/new"
fi
command -v rsync >/dev/null || { say "installing rsync, once"; apt-get -qq install -y --no-install-recommends rsync >/dev/null; }
flock -u 9
exec 9>&-

run=$(mktemp -d "$("$(dirname "$0")/roomy.sh")/xinyuan-galera-XXXXXX")
nodes=()
stop() {
  [ ${#nodes[@]} = 0 ] || kill "${nodes[@]}" 2>/dev/null || true
  [ ${#nodes[@]} = 0 ] || wait "${nodes[@]}" 2>/dev/null || true
  nodes=()
}
tidy() {
  stop
  rm -rf "${run:?}"
}
trap tidy EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

user=()
[ "$(id -u)" != 0 ] || user=(--user=root) # a server that changes its user would stay behind
common() { echo --no-defaults "${user[@]}" --datadir="$run/$1/data" --tmpdir="$run/$1/tmp"; }

# What mariadb-install-db would feed to the server.
tables() {
  local kind file
  echo 'CREATE DATABASE mysql;'
  echo 'USE mysql;'
  echo 'SET @auth_root_socket=NULL;'
  echo 'SET @skip_auth_anonymous=1;'
  for kind in system_tables performance_tables system_tables_data; do
    for file in /usr/share/mysql/{mysql,mariadb}_$kind.sql; do
      [ ! -e "$file" ] || { cat "$file" && break; }
    done
  done
  # The tests come over TCP; the server listens on loopback alone, for as long as they last.
  echo "INSERT INTO global_priv VALUES ('127.0.0.1', 'tests', '{\"access\": 18446744073709551615}');"
}

base=
free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
ports() { # thirteen free ports in a row: three for SQL, and three for each node to speak to the others
  local _ try port
  for try in $(seq 20); do
    base=$((20000 + RANDOM % 12000))
    for port in $(seq "$base" $((base + 12))); do free "$port" || continue 2; done
    return 0
  done
  say "no free ports"
  return 1
}

group() { echo $((base + 1 + $1 * 3)); } # of node 1 to 3: 4, 7 and 10; the next two are for the rows that it lacks

launch() { # node, address of the cluster, further options
  local n=$1 address=$2
  shift 2
  PATH=$PATH:$home/root/usr/bin setpriv --pdeathsig KILL "$server" $(common "$n") --socket="$run/$n/sock" --pid-file="$run/$n/pid" --port=$((base + n)) \
    --bind-address=127.0.0.1 --skip-name-resolve --max-connections=200 --character-set-server=utf8mb4 \
    --collation-server=utf8mb4_bin --binlog-format=ROW --innodb-autoinc-lock-mode=2 --innodb-flush-log-at-trx-commit=0 \
    --skip-innodb-doublewrite --wsrep-on=ON --wsrep-provider="$(provider)" --wsrep-cluster-name=tests \
    --wsrep-cluster-address="$address" --wsrep-node-name="n$n" --wsrep-node-address="127.0.0.1:$(group "$n")" \
    --wsrep-sst-method=rsync --wsrep-sst-receive-address="127.0.0.1:$(($(group "$n") + 2))" --wsrep-slave-threads=2 \
    --wsrep-provider-options="$(printf 'gcache.size=32M;gmcast.listen_addr=tcp://127.0.0.1:%d;ist.recv_addr=127.0.0.1:%d' "$(group "$n")" $(($(group "$n") + 1)))" \
    "$@" >>"$run/$n/log" 2>&1 </dev/null &
  nodes+=($!)
}

# ready waits until the log says that the node has what the others have, and serves.
ready() {
  local _
  for _ in $(seq 300); do
    ! grep -q 'Synchronized with group, ready' "$run/$1/log" 2>/dev/null || return 0
    kill -0 "${nodes[-1]}" 2>/dev/null || break
    sleep 0.1
  done
  cat "$run"/*/log >"$home/node.log"
  say "node $1 does not start; see $home/node.log"
  return 1
}

mkdir -p "$run"/{1,2,3}/{data,tmp}
chmod -R a+rwx "$run" # rsync writes as nobody where root starts it
tables | "$server" $(common 1) --bootstrap >"$home/init.log" 2>&1 || { say "it cannot set itself up; see $home/init.log"; exit 1; }
ports
launch 1 gcomm:// --wsrep-new-cluster
ready 1
dsns="tests@tcp(127.0.0.1:$((base + 1)))/"
for n in 2 3; do
  launch "$n" "gcomm://127.0.0.1:$(group 1)"
  ready "$n"
  dsns="$dsns tests@tcp(127.0.0.1:$((base + n)))/"
done
say "$("$server" --no-defaults --version | sed 's/.*Ver \([^ ]*\).*/\1/'), three nodes from port $((base + 1)) on"

XINYUAN_TEST_GALERA_DSNS=$dsns "$@"
