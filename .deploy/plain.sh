# shellcheck shell=bash
# A shop under a folder of its own, run by plain processes: for trying a deployment, and for its tests.

want_host_servers() {
  [[ -n ${DATABASE_URL:-} || -e $env ]] || want mariadbd mariadb-server-core
  [[ -n ${DATABASE_URL:-} || -e $env ]] || want mariadb-install-db mariadb-server-core
  [[ -n ${REDIS_URL:-} || -e $env ]] || want redis-server redis-server
}

make_user() { :; }

owned_by_shop=()

as_shop() { (cd "$home" && exec "${bare_env[@]}" "$@"); }

# daemon NAME FOLDER COMMAND...: a process that goes on when this script ends; it has FOLDER to itself, by which it is known.
daemon() {
  (cd "$2" && exec setsid nohup "${bare_env[@]}" "${@:3}" </dev/null >"$run/$1.out" 2>&1 7>&- 8>&-) &
  printf '%s\n' "$!" >"$run/$1.pid"
}

# The servers are under the folder, unless others are named at the first deployment.
start_servers() {
  if [[ -e $env ]]; then
    [[ ! -d $prefix/var/lib/mysql ]] || run_mariadb
    [[ ! -d $prefix/var/lib/redis ]] || run_redis
  else
    [[ -n ${DATABASE_URL:-} ]] || run_mariadb
    [[ -n ${REDIS_URL:-} ]] || run_redis
  fi
}

run_mariadb() {
  local data=$prefix/var/lib/mysql socket=$run/mysqld.sock tries=600
  ! owned "$run/mariadbd.pid" "$data" mariadbd >/dev/null || return 0
  step "Starting MariaDB in $data"
  mariadb_settings 1024 | propose "$prefix/etc/mysql/mariadb.conf.d/90-marquee.cnf"
  if [[ ! -d $data/mysql ]]; then
    mkdir -p "$data"
    mariadb-install-db --no-defaults --datadir="$data" --user="$(id -un)" --force --skip-test-db \
      --auth-root-authentication-method=normal >"$base/mariadb.log" 2>&1 || die "mariadb-install-db failed, see $base/mariadb.log"
  fi
  daemon mariadbd "$data" mariadbd --defaults-file="$prefix/etc/mysql/mariadb.conf.d/90-marquee.cnf" --user="$(id -un)" \
    --datadir="$data" --socket="$socket" --skip-networking --pid-file="$data/own.pid" --log-error="$logs/mariadb.log"
  until mariadb --no-defaults -uroot -S "$socket" -e 'CREATE DATABASE IF NOT EXISTS marquee' >/dev/null 2>&1; do
    ((tries-- > 0)) || die "MariaDB did not answer within a minute: see $logs/mariadb.log"
    sleep 0.1
  done
}

run_redis() {
  local data=$prefix/var/lib/redis tries=100
  ! owned "$run/redis-server.pid" "$data" redis-server >/dev/null || return 0
  step "Starting Redis in $data"
  redis_settings 1024 | propose "$prefix/etc/redis/marquee.conf"
  mkdir -p "$data"
  daemon redis-server "$data" redis-server "$prefix/etc/redis/marquee.conf" --port 0 --unixsocket "$run/redis.sock" --dir "$data" --save ''
  until [[ -S $run/redis.sock ]]; do
    ((tries-- > 0)) || die "Redis did not answer within 10 seconds: see $run/redis-server.out"
    sleep 0.1
  done
}

database_to_use() { printf '%s' "${DATABASE_URL:-mysql://root@localhost/marquee?socket=$(url_escape "$run/mysqld.sock")}"; }

redis_to_use() { printf '%s' "${REDIS_URL:-unix://$(url_escape "$run/redis.sock")}"; }

app_port_to_use() { free_port; }

write_units() {
  mkdir -p "$prefix/usr/local/bin"
  filled command AS_SHOP=exec | put "$prefix/usr/local/bin/marquee" 755
}

is_serving() { owned "$run/serve-$1.pid" "$home" marquee >/dev/null; }

# begin SLOT: ends when it takes visitors, beside a process that has the port already.
begin() {
  local ready=$run/serve-$1.ready tries=900
  rm -f "$ready"
  daemon "serve-$1" "$home" MARQUEE_WORKER=off "$place/slots/$1/marquee" serve --share-port --pid-file "$ready"
  until [[ -s $ready ]]; do
    kill -0 "$(cat "$run/serve-$1.pid")" 2>/dev/null || return 1
    ((tries-- > 0)) || return 1
    sleep 0.1
  done
}

leave() { stop "$run/serve-$1.pid" "$home" "$(name_of "$run/serve-$1.pid")" 45; }

# name_of PIDFILE: a release that is a script bears the name of its interpreter.
name_of() { cat "/proc/$(cat "$1" 2>/dev/null)/comm" 2>/dev/null || true; }

last_words() { tail -n 3 "$run/serve-$1.out" 2>/dev/null | tr '\n' ' '; }

# let_work: a worker of another release finishes its jobs first.
let_work() {
  local pid
  if pid=$(owned "$run/worker.pid" "$home" marquee) && [[ /proc/$pid/exe -ef $place/current/marquee ]]; then
    return
  fi
  stop "$run/worker.pid" "$home" marquee 45
  daemon worker "$home" "$place/current/marquee" worker
  changed+=("started the worker of release $release")
}

write_nginx_itself() {
  mkdir -p "$prefix/var/cache/nginx"
  # Files under the folder may be for its owner's eyes alone.
  filled nginx.conf USER="$( ((EUID)) || printf 'user %s;' "$(id -un)")" | put "$prefix/etc/nginx/nginx.conf"
}

nginx_runs() { [[ -s $prefix/run/nginx.pid ]] && kill -0 "$(cat "$prefix/run/nginx.pid")" 2>/dev/null; }

test_nginx() { nginx -t -p "$prefix" -c "$prefix/etc/nginx/nginx.conf"; }

reload_nginx() {
  local command=(nginx -p "$prefix" -c "$prefix/etc/nginx/nginx.conf")
  if nginx_runs; then command+=(-s reload); fi
  "${command[@]}" 2>"$base/nginx.log" 7>&- 8>&- || die "nginx does not start: $(tail -n 1 "$base/nginx.log")"
}

stop_everything() {
  local slot
  step "Stopping the shop under $prefix"
  if nginx_runs; then kill -QUIT "$(cat "$prefix/run/nginx.pid")"; fi
  for slot in 1 2; do leave "$slot"; done
  stop "$run/worker.pid" "$home" marquee 45
  stop "$run/redis-server.pid" "$prefix/var/lib/redis" redis-server 10
  stop "$run/mariadbd.pid" "$prefix/var/lib/mysql" mariadbd 60
}

# listen PORT OPTION...: nobody from elsewhere comes to a shop that is tried.
listen() { printf 'listen 127.0.0.1:%s%s;' "$1" "${2:+ ${*:2}}"; }
