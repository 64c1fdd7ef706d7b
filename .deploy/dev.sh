# shellcheck shell=bash
# `./deploy.sh dev`: from a fresh clone to a shop in the browser.

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
