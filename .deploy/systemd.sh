# shellcheck shell=bash
# A shop run by systemd, on the servers of the host.

want_host_servers() {
  [[ -n ${DATABASE_URL:-} || -e $env ]] || want mariadbd mariadb-server
  [[ -n ${REDIS_URL:-} || -e $env ]] || want redis-server redis-server
}

owned_by_shop=(-o marquee -g marquee)

make_user() {
  id marquee >/dev/null 2>&1 && return 0
  useradd --system --user-group --home-dir "$home" --shell /usr/sbin/nologin marquee
  changed+=("made the user marquee")
}

as_shop() { (cd "$home" && exec runuser -u marquee -- "${bare_env[@]}" "$@"); }

# start_servers: settings are proposed before the servers start for the first time.
start_servers() {
  propose_settings
  local unit
  for unit in mariadb redis-server; do
    systemctl list-unit-files --quiet "$unit.service" >/dev/null 2>&1 || continue
    systemctl enable --now --quiet "$unit" || die "$unit does not start: see journalctl -u $unit"
  done
}

propose_settings() {
  local memory
  memory=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
  if [[ -d /etc/mysql/mariadb.conf.d && ! -e /etc/mysql/mariadb.conf.d/90-marquee.cnf ]]; then
    mariadb_settings "$memory" | put /etc/mysql/mariadb.conf.d/90-marquee.cnf
    ! systemctl is-active --quiet mariadb ||
      step "For MariaDB to heed /etc/mysql/mariadb.conf.d/90-marquee.cnf, when it suits: systemctl restart mariadb"
  fi
  if [[ -f /etc/redis/redis.conf ]]; then
    redis_settings "$memory" | propose /etc/redis/marquee.conf
    grep -q '^include /etc/redis/marquee.conf' /etc/redis/redis.conf ||
      step "For Redis to heed /etc/redis/marquee.conf: echo 'include /etc/redis/marquee.conf' >>/etc/redis/redis.conf"
  fi
}

# A database and a user of the shop's own, whose password nobody has to know.
database_to_use() {
  local password
  if [[ -n ${DATABASE_URL:-} ]]; then
    printf '%s' "$DATABASE_URL"
    return
  fi
  password=$(secret 24)
  mariadb <<SQL || die "the database could not be made: see that mariadb opens for root"
CREATE DATABASE IF NOT EXISTS marquee CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
CREATE OR REPLACE USER marquee@localhost IDENTIFIED BY '$password';
GRANT ALL ON marquee.* TO marquee@localhost;
SQL
  printf 'mysql://marquee:%s@localhost/marquee?socket=%%2Frun%%2Fmysqld%%2Fmysqld.sock' "$password"
}

redis_to_use() { printf '%s' "${REDIS_URL:-redis://127.0.0.1/}"; }

app_port_to_use() { printf 8000; }

write_units() {
  local unit fresh=''
  for unit in marquee.socket marquee.service marquee-serve@.service marquee-worker.service marquee-backup.{service,timer}; do
    filled "$unit" APP_PORT="$app_port" | put "/etc/systemd/system/$unit"
    fresh+=$is_new
  done
  filled command AS_SHOP='exec runuser -u marquee --' | put /usr/local/bin/marquee 755
  [[ -z $fresh ]] || systemctl daemon-reload
  systemctl enable --quiet marquee.socket marquee.service marquee-worker.service marquee-backup.timer
  systemctl start marquee-backup.timer
  systemctl start marquee.socket || die "port $app_port is taken by another program: see ss -ltnp, or change PORT in $env"
}

is_serving() { systemctl is-active --quiet "marquee-serve@$1"; }

# begin SLOT: ends when it takes visitors.
begin() {
  systemctl reset-failed "marquee-serve@$1" 2>/dev/null || true
  systemctl start "marquee-serve@$1" || return 1
  # The shop as a whole; it starts the slot in use when the host does.
  printf '%s\n' "$1" >"$place/slot"
  systemctl start marquee.service
}

# leave SLOT: that the socket could start it again is no news.
leave() { systemctl stop "marquee-serve@$1" 2>/dev/null; }

last_words() { journalctl -q -u "marquee-serve@$1" -n 3 -o cat | tr '\n' ' '; }

# let_work: a worker of another release finishes its jobs first.
let_work() {
  local pid
  pid=$(systemctl show --property MainPID --value marquee-worker)
  [[ ! /proc/$pid/exe -ef $place/current/marquee ]] || return 0
  systemctl restart marquee-worker || die "the worker does not start: see journalctl -u marquee-worker"
  changed+=("started the worker of release $release")
}

write_nginx_itself() { :; }
nginx_runs() { systemctl is-active --quiet nginx; }
test_nginx() { nginx -t; }
reload_nginx() {
  systemctl enable --quiet nginx
  systemctl reload-or-restart nginx || die "nginx does not start: see journalctl -u nginx"
}

# listen PORT OPTION...
listen() {
  printf 'listen %s%s;' "$1" "${2:+ ${*:2}}"
  [[ ! -e /proc/net/if_inet6 ]] || printf '\n    listen [::]:%s%s;' "$1" "${2:+ ${*:2}}"
}
