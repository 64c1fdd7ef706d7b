#!/usr/bin/env bash
# Runs Marquee from a checkout: `dev` opens the shop, `test` proves it, `bench` measures it. See README.md.
#
# All verbs use a MariaDB and a Redis of their own, kept under .local/ and reached through unix
# sockets only. A server is stopped or reused only when its pid file, its name and its working
# directory all say that it belongs to this checkout.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
readonly root=$PWD
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

usage() {
  cat <<'TEXT'
Usage: ./deploy.sh VERB

  dev    build the shop, start it with its own MariaDB and Redis, and print its address
  test   run every check: format, lints, tests, and a real browser
  bench  measure pages and purchases of a release build against their targets
         --quick         fewer and shorter rounds, 10000 films: under five minutes besides the build
         --films N       films in the shop (100000)
         --seed S        which set of invented films (1)
         --write-readme  put the figures into README.md too

dev serves on http://127.0.0.1:8000; PORT chooses another port. With DATABASE_URL or REDIS_URL set,
dev uses those servers instead of its own, and test runs the integration tests on DATABASE_URL.
TEXT
}

# --- words -------------------------------------------------------------------------------------

step() { printf '==> [%3ds] %s\n' "$SECONDS" "$*"; }

die() {
  printf 'deploy.sh: %s\n' "$*" >&2
  exit 1
}

# --- what the machine must have ----------------------------------------------------------------

missing=()
as_root=()

# want COMMAND PACKAGE...: remember the packages of a command that is not there.
want() {
  command -v "$1" >/dev/null || missing+=("${@:2}")
}

want_common() {
  local tool
  for tool in cargo "$@"; do
    command -v "$tool" >/dev/null ||
      die "$tool is missing: install the Rust toolchain with rustup (components rustfmt and clippy)"
  done
  want curl curl ca-certificates
  want cc gcc libc6-dev
  want make make
}

want_servers() {
  # The -core packages hold the programs without the system service.
  want mariadbd mariadb-server-core
  want mariadb-install-db mariadb-server-core
  want mariadb mariadb-client-core
  want mariadb-dump mariadb-client
  want redis-server redis-server
}

install_missing() {
  ((${#missing[@]})) || return 0
  mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
  command -v apt-get >/dev/null || die "missing, and no apt-get to install it: ${missing[*]}"
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "missing, and neither root nor sudo to install it: ${missing[*]}"
    as_root=(sudo)
    [[ -t 0 ]] || as_root=(sudo -n)
    "${as_root[@]}" true || die "missing, and sudo was refused: ${missing[*]}"
  fi
  step "Installing Debian packages: ${missing[*]}"
  apt_without_services "${missing[@]}" ||
    die "apt-get could not install ${missing[*]}, see $base/apt.log"
  missing=()
}

# A package that brings a service must not start it, now or at the next boot: the shop has its own.
readonly service_policy=/usr/sbin/policy-rc.d
policy_made=

apt_without_services() {
  local status=0 apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
  if [[ ! -e $service_policy ]]; then
    policy_made=1
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" install -m 755 /dev/stdin "$service_policy"
  fi
  "${as_root[@]}" "${apt[@]}" update >/dev/null || true # a stale list may still do
  "${as_root[@]}" "${apt[@]}" install -y --no-remove --no-install-recommends "$@" >"$base/apt.log" 2>&1 || status=$?
  if [[ " $* " == *" redis-server "* ]] && command -v systemctl >/dev/null; then
    "${as_root[@]}" systemctl disable --quiet redis-server >/dev/null 2>&1 || true
  fi
  remove_service_policy
  return "$status"
}

remove_service_policy() {
  [[ -n $policy_made ]] || return 0
  "${as_root[@]}" rm -f "$service_policy"
  policy_made=
}

# --- processes ---------------------------------------------------------------------------------

running=() # what this run started and must stop, last one first: "pidfile|folder|name|seconds"
child=     # the process group of the step under way

# run COMMAND...: a step that a signal ends at once, with all that it started.
run() {
  local status=0
  setsid "$@" 8>&- &
  child=$!
  wait "$child" || status=$?
  child=
  return "$status"
}

# start NAME FOLDER SECONDS COMMAND...: a server that runs until this script ends, in FOLDER and
# out of the terminal's reach, so that it is stopped in its turn and not by Ctrl-C itself.
start() {
  local pidfile=$base/$1.pid
  (cd "$2" && exec setsid "${@:4}" 8>&- </dev/null) &
  server=$!
  echo "$server" >"$pidfile"
  running+=("$pidfile|$2|$1|$3")
}

# owned PIDFILE FOLDER NAME: prints the pid if that process lives and is truly ours: pids are reused.
owned() {
  local pid
  pid=$(cat "$1" 2>/dev/null) && [[ $pid =~ ^[0-9]+$ ]] || return 1
  [[ /proc/$pid/cwd -ef $2 && $(cat "/proc/$pid/comm" 2>/dev/null) == "$3" ]] && echo "$pid"
}

# stop PIDFILE FOLDER NAME SECONDS: asks it to end, and ends it when it has not in that time.
stop() {
  local pid tries=$(($4 * 20))
  if pid=$(owned "${@:1:3}"); then
    kill -TERM "$pid" 2>/dev/null || true
    while owned "${@:1:3}" >/dev/null && ((tries-- > 0)); do sleep 0.05; done
    if owned "${@:1:3}" >/dev/null; then kill -KILL "$pid" 2>/dev/null || true; fi
  fi
  rm -f "$1"
}

# finish STATUS: the way out, however the script ends.
finish() {
  local entry part
  trap '' INT TERM HUP EXIT
  if [[ -n $child ]]; then
    kill -TERM -- "-$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
  if ((${#running[@]})); then
    step "Stopping"
    sleep 0.2 # a server forked a moment ago has its name only after its exec
  fi
  for ((entry = ${#running[@]} - 1; entry >= 0; entry--)); do
    IFS='|' read -ra part <<<"${running[entry]}"
    stop "${part[@]}"
  done
  remove_service_policy
  exit "$1"
}

# only_one VERB: one run at a time; the kernel drops the lock with the process, whatever ends it.
only_one() {
  base=$root/.local/$1
  mkdir -p "$base"
  exec 8>"$base/lock"
  flock -n 8 || die "./deploy.sh $1 is already running in this checkout"
  trap 'finish $?' EXIT
}

# --- the private servers -----------------------------------------------------------------------

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

# --- dev ---------------------------------------------------------------------------------------

# setting NAME DEFAULT: from the environment, else from .env.
setting() {
  local line
  if [[ -n ${!1:-} ]]; then
    printf '%s' "${!1}"
  elif line=$(grep -E "^$1=." .env 2>/dev/null | tail -n 1); then
    line=${line#*=}
    line=${line#[\"\']}
    printf '%s' "${line%[\"\']}"
  else
    printf '%s' "$2"
  fi
}

write_env() {
  [[ ! -e .env ]] || return 0
  (
    umask 077
    printf '# Written by ./deploy.sh dev. Every variable is described in .env.example.\n'
    printf 'MARQUEE_ENV=dev\nMARQUEE_SECRET_KEY=%s\n' "$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')"
  ) >.env.new
  chmod 600 .env.new
  mv .env.new .env
}

# buffer_pool: an eighth of the memory in MB, for a shop that may be given a million films on a machine that does other work.
buffer_pool() {
  awk '/^MemTotal:/ { size = int($2 / 8192); print (size < 128 ? 128 : (size > 1024 ? 1024 : size)) }' /proc/meminfo
}

# seed_once: fills a database that this checkout has not filled yet. Later on its films are the shop's own business.
seed_once() {
  local seeded
  seeded=$(printf '%s' "$DATABASE_URL" | sha256sum)
  [[ $(cat "$base/seeded" 2>/dev/null) != "$seeded" ]] || return 0
  step "Loading the sample catalogue"
  run "$(program)" seed
  printf '%s\n' "$seeded" >"$base/seeded"
}

# people: a customer and two of the staff to try the shop as, and how they sign in. Only a shop in development has them.
people() {
  [[ $(setting MARQUEE_ENV dev) == dev ]] || return 0
  step "Letting in people to try the shop as (role, address, password, door)"
  run env MARQUEE_ENV=dev MARQUEE_BASE_URL="$1" "$(program)" seed --people
}

# answers PORT: whether anything listens there.
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# program [PROFILE]: where cargo puts the shop.
program() {
  local folder
  folder=$(cargo metadata --no-deps --format-version 1 --offline | sed -E 's/.*"target_directory":"([^"]*)".*/\1/')
  printf '%s/%s/marquee' "$folder" "${1:-debug}"
}

# serve PORT NAME=VALUE...: starts the shop and waits until it takes traffic.
serve() {
  local port=$1 tries=600
  start marquee "$root" 40 env PORT="$port" "${@:2}" "$(program)" serve
  until curl -fs -o /dev/null --max-time 2 "http://127.0.0.1:$port/readyz"; do
    kill -0 "$server" 2>/dev/null || die "the shop ended before it was ready: its last lines are above"
    ((tries-- > 0)) || die "the shop was not ready within a minute"
    sleep 0.1
  done
}

dev() {
  local port
  only_one dev
  want_common
  want_servers
  install_missing
  write_env
  port=$(setting PORT 8000)
  stop "$base/marquee.pid" "$root" marquee 40 # left by a run that was killed
  ! answers "$port" || die "port $port is taken by another program: stop it, or choose one with PORT=8001 ./deploy.sh dev"

  DATABASE_URL=$(setting DATABASE_URL '')
  REDIS_URL=$(setting REDIS_URL '')
  if [[ -z $DATABASE_URL ]]; then
    step "Starting MariaDB in .local/dev"
    start_mariadb --innodb-buffer-pool-size="$(buffer_pool)M" --innodb-log-file-size=256M
    sql -e 'CREATE DATABASE IF NOT EXISTS marquee'
    DATABASE_URL=$(database_url marquee)
  fi
  if [[ -z $REDIS_URL ]]; then
    step "Starting Redis in .local/dev"
    start_redis
    REDIS_URL=$(redis_url)
  fi
  export DATABASE_URL REDIS_URL
  # For other commands of the program while the shop is open.
  printf 'export DATABASE_URL=%q REDIS_URL=%q\n' "$DATABASE_URL" "$REDIS_URL" >"$base/env"

  step "Building the shop (some minutes the first time)"
  SQLX_OFFLINE=true run cargo build --bin marquee
  step "Bringing the database up to date"
  run "$(program)" migrate
  seed_once
  people "$(setting MARQUEE_BASE_URL "http://127.0.0.1:$port")"
  step "Opening the shop"
  serve "$port" MARQUEE_BASE_URL="$(setting MARQUEE_BASE_URL "http://127.0.0.1:$port")"
  step "Marquee is open at http://127.0.0.1:$port, its mails are at /dev/mail (Ctrl-C closes it)"
  wait "$server" || die "the shop ended by itself: its last lines are above"
}

# --- test --------------------------------------------------------------------------------------

# tree: the files that are, or would be, in version control.
tree() { git ls-files -z --cached --others --exclude-standard; }

# refuse WORDS PATTERN [PATHSPEC...]: fails when a file of the tree matches.
refuse() {
  local status=0
  git grep -nIE --untracked -e "$2" -- "${@:3}" >&2 || status=$?
  case $status in
    0) die "$1" ;;
    1) return 0 ;;
    *) die "the tree could not be searched for: $1" ;;
  esac
}

check_scripts() {
  local scripts=(deploy.sh .ci/run)
  bash -n "${scripts[@]}"
  if command -v shellcheck >/dev/null; then shellcheck "${scripts[@]}"; fi
}

# Secrets, leftovers and unknown addresses. Brackets keep a pattern from matching itself.
check_tree() {
  local key='-----BEGIN [A-Z ]*PRIVATE[ ]KEY'
  local token='AKI[A][0-9A-Z]{16}|gh[oprsu]_[0-9A-Za-z]{36}|glpat[-][0-9A-Za-z_-]{20}|npm_[0-9A-Za-z]{36}|xox[abprs][-][0-9A-Za-z-]{10}|[sr]k_live[_][0-9A-Za-z]{16}|AIz[a][0-9A-Za-z_-]{35}|ey[J][0-9A-Za-z_-]{10,}\.eyJ|[^0-9][0-9]{8,10}:[A][0-9A-Za-z_-]{34}[^0-9A-Za-z_-]'
  refuse "a private key is in the tree" "$key"
  refuse "a token is in the tree" "$token"
  refuse "a password is in an address in the tree" '://[^/ :@"]*:[^/ :@"{$]{12,}@'
  refuse "unfinished work is in the tree" '(^|[^A-Za-z])(TO[D]O|FI[X]ME|XX[X]|HA[C]K)([^A-Za-z]|$)' ':!*.csv'
  refuse "a path of one machine is in the tree" '(^|[^A-Za-z0-9._/-])/(ho[m]e|ro[o]t|Use[r]s)/[a-z]'
  refuse "download addresses are in a lock file of npm" '"resolved":' '*package-lock.json'
  check_addresses
  if tree | grep -zE '(^|/)(\.env|id_(rsa|ed25519)|.*\.(pem|key|p12))$' | tr '\0' '\n' >&2; then
    die "a file that holds secrets is in the tree"
  fi
}

# Each host in the tree is a credit, a name space, an example, or Telegram's, to whom the shop writes if it is told to.
check_addresses() {
  local known='(github|creativecommons)\.(com|org)|www\.w3\.org|schema\.org|www\.sitemaps\.org|ogp\.me|api\.telegram\.org|.*\.(example|test)' strangers
  strangers=$(git grep -oIE --untracked '[a-z]+://[A-Za-z0-9.-]+\.[a-z]{2,}' -- ':!Cargo.lock' ':!*OFL-*.txt' |
    grep -vE "://($known)\$" || true)
  [[ -z $strangers ]] || die "a host that is not known is in the tree: $strangers"
}

# check_queries_and_lints: clippy expands every query against a migrated database and writes down
# what the server said; that must be what .sqlx holds. The name of the cfg is new each time, so
# that no query is skipped as already built.
check_queries_and_lints() {
  local described=$base/sqlx migration
  sql -e 'CREATE DATABASE marquee'
  for migration in migrations/*.sql; do sql marquee <"$migration"; done
  rm -rf "$described"
  mkdir "$described"
  DATABASE_URL=$(database_url marquee) SQLX_OFFLINE=false SQLX_OFFLINE_DIR=$described \
    run cargo clippy --locked --all-targets -- -D warnings --cfg "described_$(date +%s)"
  diff <(query_cache .sqlx) <(query_cache "$described") >&2 ||
    die ".sqlx is not what the queries need: rm -rf .sqlx && cp -r ${described#"$root"/} .sqlx"
}

# query_cache FOLDER: all that was written down, without the name of the database it came from.
query_cache() {
  local file
  for file in "$1"/query-*.json; do
    basename "$file"
    sed -E 's/("table": ")[^".]*\./\1/' "$file"
  done
}

# run_tests: on DATABASE_URL if it was set, else on the private server.
run_tests() {
  local runner=(cargo test --locked)
  if cargo nextest --version >/dev/null 2>&1; then runner=(cargo nextest run --locked --no-fail-fast); fi
  DATABASE_URL=${1:-$(database_url '')} REDIS_URL=$(redis_url) SQLX_OFFLINE=true run "${runner[@]}"
}

free_port() {
  local port
  while port=$((RANDOM % 20000 + 20000)); answers "$port"; do :; done
  printf '%s' "$port"
}

run_browser_tests() {
  local port modules=tests/browser/node_modules
  if [[ ! $modules/.package-lock.json -nt tests/browser/package-lock.json ]]; then
    run npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund --loglevel=error
  fi
  port=$(free_port)
  sql -e 'CREATE DATABASE browsed'
  export DATABASE_URL REDIS_URL MARQUEE_ENV=test MARQUEE_BASE_URL=http://127.0.0.1:$port
  export MARQUEE_LOG=warn MARQUEE_LOG_DIR=$base/logs
  DATABASE_URL=$(database_url browsed)
  REDIS_URL=$(redis_url)
  run "$(program)" migrate
  run "$(program)" seed
  run "$(program)" seed --people
  serve "$port"
  MARQUEE_URL=$MARQUEE_BASE_URL CHROMIUM=$(command -v chromium) \
    run node --test --test-reporter=spec tests/browser/*.test.js
}

prove() {
  local given=${DATABASE_URL:-}
  only_one test
  want_common cargo-fmt cargo-clippy
  want_servers
  want chromium chromium
  want node nodejs
  want npm npm
  want openssl openssl
  # The mail server that tests send to; it belongs to Debian's own python, whatever else the path holds.
  /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || missing+=(python3-aiosmtpd)
  install_missing
  step "Format, scripts and the tree"
  cargo fmt --check
  check_scripts
  check_tree
  step "Starting servers in .local/test"
  start_throwaway_servers --innodb-buffer-pool-size=512M --innodb-flush-log-at-trx-commit=0 \
    --innodb-flush-method=nosync --innodb-doublewrite=OFF
  step "Lints, and the queries against a real server"
  check_queries_and_lints
  step "Documentation"
  RUSTDOCFLAGS='-D warnings -A rustdoc::private_intra_doc_links' SQLX_OFFLINE=true run cargo doc --locked --no-deps --document-private-items
  step "Unit and integration tests"
  run_tests "$given"
  step "Browser tests"
  run_browser_tests
  step "All checks passed"
}

# start_throwaway_servers OPTION...: empty ones, with these options of MariaDB.
start_throwaway_servers() {
  stop "$base/mariadbd.pid" "$base/mariadb" mariadbd 60
  rm -rf "$base/mariadb"
  start_mariadb --max-connections=500 "$@"
  start_redis
}

# --- bench -------------------------------------------------------------------------------------

readonly small_films=10000

# read_bench_options OPTION...: into the variables of bench.
read_bench_options() {
  while (($#)); do
    case $1 in
      --quick)
        films=${films:-$small_films}
        measure+=(--quick)
        ;;
      --films | --seed)
        [[ ${2:-} =~ ^[1-9][0-9]{0,6}$ ]] || die "$1 takes a number from 1 to 9999999"
        printf -v "${1#--}" '%s' "$2"
        shift
        ;;
      --write-readme) measure+=(--write-readme README.md) ;;
      *)
        usage >&2
        exit 64
        ;;
    esac
    shift
  done
}

# fill DATABASE FILMS: a shop with so many invented films.
fill() {
  sql -e "CREATE DATABASE $1"
  DATABASE_URL=$(database_url "$1") run "$(program release)" migrate
  if (($2)); then
    step "Inventing $2 films"
    DATABASE_URL=$(database_url "$1") run "$(program release)" seed --films "$2" --seed "$seed"
  fi
}

bench() {
  local films='' seed=1 measure=() mariadb
  read_bench_options "$@"
  films=${films:-100000}
  ((films >= 1000)) || die "with fewer than 1000 films there is nothing to measure"
  only_one bench
  want_common
  want_servers
  want wrk wrk
  install_missing
  step "Building the shop and its benchmark for release (some minutes the first time)"
  export SQLX_OFFLINE=true
  run cargo bench --bench shop --no-run # with the shop's own program, in the profile of a release
  step "Starting servers in .local/bench"
  start_throwaway_servers --innodb-buffer-pool-size="$(buffer_pool)M" --innodb-log-file-size=256M
  mariadb=$(cat "$base/mariadbd.pid")
  export MARQUEE_ENV=test MARQUEE_LOG=warn MARQUEE_LOG_DIR=$base/logs REDIS_URL
  REDIS_URL=$(redis_url)
  fill shop "$films"
  fill empty 0
  if ((films > small_films)); then
    fill small "$small_films"
    measure+=(--small-database-url "$(database_url small)")
  fi
  step "Measuring"
  mkdir -p target
  run cargo bench --quiet --bench shop -- measure --program "$(program release)" --folder "$base" \
    --database-url "$(database_url shop)" --empty-database-url "$(database_url empty)" --redis-url "$REDIS_URL" \
    --mariadb-pid "$mariadb" --redis-pid "$(cat "$base/redis-server.pid")" \
    --films "$films" --seed "$seed" --json target/bench.json "${measure[@]}"
  step "Measured"
}

# -----------------------------------------------------------------------------------------------

case ${1:-} in
  dev)
    trap 'finish 0' INT TERM HUP
    dev
    ;;
  test)
    trap 'finish 130' INT TERM HUP
    prove
    ;;
  bench)
    trap 'finish 130' INT TERM HUP
    bench "${@:2}"
    ;;
  -h | --help | help) usage ;;
  *)
    usage >&2
    exit 64
    ;;
esac
