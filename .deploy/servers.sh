# shellcheck shell=bash
# A MariaDB and a Redis of this checkout alone.

# socket_folder: where the sockets live. The system cuts their addresses at 107 bytes, so a
# checkout with a long path gets a short folder, the same one at every start.
socket_folder() {
  local folder=$base/run LC_ALL=C
  if ((${#folder} > 90)); then
    folder=/tmp/marquee-$EUID-$(printf '%s' "$base" | sha256sum | cut -c1-16)
  fi
  (umask 077 && mkdir -p "$folder")
  [[ -O $folder && ! -L $folder ]] || die "$folder belongs to somebody else: remove it"
  printf '%s' "$folder"
}

url_escape() {
  local LC_ALL=C at char
  for ((at = 0; at < ${#1}; at++)); do
    char=${1:at:1}
    case $char in
      [a-zA-Z0-9/._-]) printf '%s' "$char" ;;
      *) printf '%s' "$char" | od -An -tx1 | tr -d '\n' | tr ' a-f' '%A-F' ;;
    esac
  done
}

# prepare_data: an empty MariaDB, complete or not there at all. mariadb-install-db cannot take a path
# with spaces, so it gets a relative one; --force lets it do without a resolvable host name.
prepare_data() {
  [[ ! -d $base/mariadb/mysql ]] || return 0
  rm -rf "$base/mariadb" "$base/mariadb.new" "$base/seeded"
  mkdir -m 700 "$base/mariadb.new"
  (cd "$base" && mariadb-install-db --no-defaults --datadir=./mariadb.new --user="$(id -un)" \
    --force --skip-test-db --auth-root-authentication-method=normal >mariadb.log 2>&1 8>&-) ||
    die "mariadb-install-db failed, see $base/mariadb.log"
  mv "$base/mariadb.new" "$base/mariadb"
}

readonly sql_mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION

start_mariadb() {
  local data=$base/mariadb log=$base/mariadb.log tries=600
  database_socket=$(socket_folder)/mariadb.sock
  stop "$base/mariadbd.pid" "$data" mariadbd 60
  prepare_data
  rm -f "$database_socket" "$database_socket.lock"
  start mariadbd "$data" 60 mariadbd --no-defaults --user="$(id -un)" --datadir="$data" \
    --socket="$database_socket" --skip-networking --pid-file="$data/own.pid" --log-error="$log" \
    --skip-name-resolve --skip-log-bin --performance-schema=OFF --sql-mode="$sql_mode" \
    --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_520_ci "$@" >>"$log" 2>&1
  until sql -e 'SELECT 1' >/dev/null 2>&1; do
    kill -0 "$server" 2>/dev/null || die "MariaDB did not start, see $log"
    ((tries-- > 0)) || die "MariaDB did not answer within a minute, see $log"
    sleep 0.1
  done
}

# sql ARGUMENT...: a client of the private server.
sql() { mariadb --no-defaults --user=root --socket="$database_socket" "$@"; }

database_url() { printf 'mysql://root@localhost/%s?socket=%s' "$1" "$(url_escape "$database_socket")"; }

# start_redis: a cache and nothing more, so nothing of it is written to disk.
start_redis() {
  local data=$base/redis tries=100
  redis_socket=$(socket_folder)/redis.sock
  mkdir -p "$data"
  stop "$base/redis-server.pid" "$data" redis-server 10
  rm -f "$redis_socket"
  start redis-server "$data" 10 redis-server --port 0 --unixsocket "$redis_socket" \
    --unixsocketperm 700 --dir "$data" --save '' --maxmemory 64mb \
    --maxmemory-policy allkeys-lru >"$base/redis.log" 2>&1
  until [[ -S $redis_socket ]]; do
    kill -0 "$server" 2>/dev/null || die "Redis did not start, see $base/redis.log"
    ((tries-- > 0)) || die "Redis did not answer within 10 seconds, see $base/redis.log"
    sleep 0.1
  done
}

redis_url() { printf 'unix://%s' "$(url_escape "$redis_socket")"; }
