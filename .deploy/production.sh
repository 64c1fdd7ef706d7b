# shellcheck shell=bash
# `./deploy.sh deploy`: from a host to a shop behind TLS, and from one release to the next.
#
# Every step looks first and acts only where something is missing, so that a second run changes nothing.
# A release gets visitors when it has shown that it can answer; until then the one before does.

# For the way back.
readonly kept_releases=3

read_deploy_options() {
  while (($#)); do
    case $1 in
      --root | --port | --domain | --certificate | --key | --binary)
        [[ -n ${2:-} ]] || die "$1 takes a value: see ./deploy.sh help"
        printf -v "given_${1#--}" '%s' "$2"
        shift
        ;;
      --stop) given_stop=1 ;;
      *)
        usage >&2
        exit 64
        ;;
    esac
    shift
  done
}

deploy() {
  given_root='' given_port='' given_domain='' given_certificate='' given_key='' given_binary='' given_stop=''
  read_deploy_options "$@"
  umask 022
  shopt -s lastpipe # what ends a pipe may change variables
  only_one deploy
  lay_out
  if [[ -n $given_stop ]]; then
    stop_everything
    return
  fi
  want_production
  install_missing
  make_folders
  only_one_here
  start_servers
  write_production_env
  read_certificate
  build_release
  if is_in_use "$release"; then
    step "Release $release is in use already"
  else
    keep_what_is_there
    bring_up_to_date
  fi
  write_static_files
  write_units
  take_over
  serve_behind_nginx
  check_from_outside
  let_work
  remove_old_releases
  step "Marquee $("$place/current/marquee" version | head -n 1) is open at $base_url"
  changed_nothing || printf '    %s\n' "${changed[@]}"
}

# --- where things are --------------------------------------------------------------------------

# lay_out: with --root everything is under a folder and run by plain processes, else it is where Debian expects it.
lay_out() {
  prefix=''
  if [[ -n $given_root ]]; then
    mkdir -p "$given_root" || die "$given_root cannot be made: choose another folder for --root"
    prefix=$(cd "$given_root" && pwd)
    [[ $prefix =~ ^[A-Za-z0-9/._-]+$ ]] || die "nginx takes no such path: $prefix; choose one of letters and digits"
    # shellcheck source=.deploy/plain.sh
    . "$root/.deploy/plain.sh"
  else
    [[ -z $given_stop ]] || die "--stop is for a shop under --root; here: systemctl stop marquee marquee-worker"
    ((EUID == 0)) || die "run it as root: sudo ./deploy.sh deploy"
    [[ -d /run/systemd/system ]] || die "systemd does not run here: name a folder with --root"
    # shellcheck source=.deploy/systemd.sh
    . "$root/.deploy/systemd.sh"
  fi
  place=$prefix/opt/marquee home=$prefix/var/lib/marquee logs=$prefix/var/log/marquee
  run=$prefix/run/marquee conf=$prefix/etc/marquee
  env=$home/.env
}

want_production() {
  want curl curl ca-certificates
  want nginx nginx-light
  want openssl openssl
  want mariadb-dump mariadb-client
  [[ -n $given_binary ]] || want_common
  want_host_servers
}

make_folders() {
  make_user
  install -d -m 755 "$place" "$place/releases" "$place/slots" "$place/static" "$place/acme" "$conf" "$run"
  install -d "${owned_by_shop[@]}" -m 750 "$home" "$logs"
}

# only_one_here: two checkouts may deploy to one host, but not at once.
only_one_here() {
  exec 7>"$place/lock"
  flock -n 7 || die "somebody else deploys to $place at this moment: try again when that is done"
}

changed=()
changed_nothing() { ((${#changed[@]} == 0)); }

# put FILE [MODE]: writes what comes in, and sets is_new, where it is not there already.
put() {
  local new
  mkdir -p "${1%/*}" && new=$(mktemp "$1.XXXXXX") ||
    die "$1 cannot be written: see that the disk is not full and that it may be written to"
  cat >"$new"
  is_new=''
  if cmp -s "$new" "$1"; then
    rm "$new"
    return
  fi
  chmod "${2:-644}" "$new"
  mv "$new" "$1"
  is_new=1
  changed+=("wrote $1")
}

# propose FILE: like put, but what is there is somebody's own.
propose() {
  if [[ -e $1 ]]; then
    cat >/dev/null
  else
    put "$1"
  fi
}

# filled FILE NAME=VALUE...: a file of .deploy/files with its @NAMES@ filled in.
filled() {
  local text pair
  text=$(<"$root/.deploy/files/$1")
  for pair in HARDENED="$(<"$root/.deploy/files/hardened")" PREFIX="$prefix" PLACE="$place" HOME="$home" LOGS="$logs" "${@:2}"; do
    text=${text//"@${pair%%=*}@"/"${pair#*=}"}
  done
  printf '%s\n' "$text"
}

# --- configuration -----------------------------------------------------------------------------

secret() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

# env_setting NAME: as .env has it.
env_setting() { sed -n "s/^$1=//p" "$env" | tail -n 1; }

# write_production_env: once; from then on the file is the shop's own.
write_production_env() {
  local suffix=''
  https_port=${given_port:-443}
  if [[ -e $env ]]; then
    base_url=$(env_setting MARQUEE_BASE_URL)
    if [[ -n $given_domain && $base_url != "https://$given_domain"?(:+([0-9])) ]]; then
      die "the shop is $base_url: to move it, change MARQUEE_BASE_URL in $env"
    fi
  else
    [[ -n $given_domain ]] || die "under which name do people reach the shop? ./deploy.sh deploy --domain shop.example --certificate FILE --key FILE"
    [[ $https_port == 443 ]] || suffix=:$https_port
    base_url=https://$given_domain$suffix
    production_env | install "${owned_by_shop[@]}" -m 600 /dev/stdin "$env.new"
    mv "$env.new" "$env"
    changed+=("wrote $env")
  fi
  [[ $base_url == https://* ]] || die "MARQUEE_BASE_URL in $env must begin with https://"
  domain=${base_url#https://}
  https_port=443
  [[ $domain != *:* ]] || https_port=${domain##*:}
  domain=${domain%:*}
  http_port=$((https_port == 443 ? 80 : https_port + 1))
  app_port=$(env_setting PORT)
}

production_env() {
  local database redis
  database=$(database_to_use)
  redis=$(redis_to_use)
  cat <<TEXT
# Written by ./deploy.sh deploy, which never changes it. Every variable is described in .env.example.
MARQUEE_ENV=production
MARQUEE_SECRET_KEY=$(secret 32)
MARQUEE_BASE_URL=$base_url
PORT=$(app_port_to_use)
DATABASE_URL=$database
REDIS_URL=$redis
MARQUEE_TRUSTED_PROXIES=1
MARQUEE_LOG_DIR=$logs
MARQUEE_CERTIFICATE=$conf/certificate.pem
# Mail server: without one customers hear nothing
#MARQUEE_SMTP_URL=
#MARQUEE_MAIL_FROM=
#MARQUEE_STAFF_EMAIL=
TEXT
}

# --- settings of the servers -------------------------------------------------------------------

# mariadb_settings MIB: for a host with so much memory, of which the database gets the larger part.
mariadb_settings() {
  local pool=$(($1 * 2 / 5))
  filled mariadb.cnf MEMORY="$1" SQL_MODE="$sql_mode" BUFFER_POOL="$pool" REDO_LOG=$((pool / 4 > 48 ? pool / 4 : 48)) \
    CONNECTIONS=$(($(nproc) * 20 + 160))
}

redis_settings() { filled redis.conf MEMORY="$1" REDIS_MEMORY=$(($1 / 16 > 64 ? $1 / 16 : 64)); }

# The shop goes by its .env alone, not by what whoever deploys has in the environment.
readonly bare_env=(env -i "PATH=$PATH" LANG=C.UTF-8)

# shop COMMAND...: the release that is being deployed, as the shop runs it.
shop() { as_shop "$place/releases/$release/marquee" "$@"; }

# --- a release ---------------------------------------------------------------------------------

# build_release: a release is named by the content of its program.
build_release() {
  local binary=$given_binary
  if [[ -z $binary ]]; then
    step "Building the release (some minutes the first time)"
    SQLX_OFFLINE=true run cargo build --release --locked --bin marquee
    binary=$(program release)
  fi
  [[ -x $binary ]] || die "$binary is no program: build one, or leave --binary out"
  release=$(sha256sum "$binary" | cut -c1-12)
  if [[ ! -e $place/releases/$release/marquee ]]; then
    install -D -m 755 "$binary" "$place/releases/$release.new/marquee"
    mv "$place/releases/$release.new" "$place/releases/$release"
    changed+=("put release $release into $place/releases")
  fi
  shop config check || die "the configuration is wrong: correct $env and run this again"
}

slot_in_use() { cat "$place/slot" 2>/dev/null; }

# is_in_use RELEASE: whether visitors come to it.
is_in_use() {
  local slot
  slot=$(slot_in_use) && [[ $(readlink "$place/slots/$slot") == "../releases/$1" ]] && is_serving "$slot"
}

keep_what_is_there() {
  [[ -e $place/current ]] || return 0
  step "Backing up"
  as_shop "$place/current/marquee" backup --to "$home/backups" >"$base/backup.log" 2>&1 ||
    die "the backup failed, so nothing was changed: its last line is: $(tail -n 1 "$base/backup.log")"
  changed+=("backed the database up into $home/backups")
}

bring_up_to_date() {
  step "Bringing the database up to date"
  shop migrate >"$base/migrate.log" 2>&1 || die "the database could not be brought up to date; the release before goes on \
answering. The reason: $(tail -n 1 "$base/migrate.log"). Correct it and run this again"
}

# write_static_files: what the web server gives out itself.
write_static_files() {
  (cd "$home" && "${bare_env[@]}" "$place/releases/$release/marquee" assets "$place/static" >/dev/null) ||
    die "the static files could not be written to $place/static: see that the disk is not full"
  put "$place/away.html" <"$root/.deploy/files/away.html"
}

# --- taking over -------------------------------------------------------------------------------

# take_over: the new release takes visitors, then the one before is told to stop.
take_over() {
  local old new=1
  ! is_in_use "$release" || return 0
  old=$(slot_in_use) || old=''
  [[ $old != 1 ]] || new=2
  step "Starting release $release"
  leave "$new"
  before=$(readlink "$place/slots/${old:-none}") || before=''
  ln -sfn "../releases/$release" "$place/slots/$new"
  if ! begin "$new"; then
    leave "$new"
    die "release $release does not answer$([[ -z $old ]] || printf '; the one before goes on'). Its last words: \
$(last_words "$new"). Correct it and run this again"
  fi
  printf '%s\n' "$new" >"$place/slot"
  ln -sfn "releases/$release" "$place/current"
  [[ -z $old ]] || leave "$old"
  slot_before=$old
  changed+=("release $release took over${before:+ from ${before##*/}}")
}

# check_from_outside: as a visitor comes. A release that fails here gives its place back.
check_from_outside() {
  local tries=40 answer
  until answer=$(from_outside /readyz) && [[ $answer == 200 ]]; do
    ((tries-- > 0)) || break
    sleep 0.25
  done
  if [[ $answer == 200 ]]; then
    answer=$(from_outside /)
    [[ $answer =~ ^(200|503)$ ]] && return 0
  fi
  give_back
  die "$base_url answers $answer. See $logs/marquee.log, nginx -t, and: $place/current/marquee doctor"
}

# from_outside PATH: the status, over TLS and under the shop's name.
from_outside() {
  curl -s -o /dev/null -w '%{http_code}' --insecure --max-time 10 --resolve "$domain:$https_port:127.0.0.1" "$base_url$1" || true
}

# give_back: what answered before answers again.
give_back() {
  local new
  [[ -n ${slot_before:-} ]] || return 0
  step "Going back to the release before"
  new=$(slot_in_use)
  begin "$slot_before" || die "the release before does not start either: $(last_words "$slot_before")"
  printf '%s\n' "$slot_before" >"$place/slot"
  ln -sfn "${before#../}" "$place/current"
  leave "$new"
}

# remove_old_releases: the newest stay, and those in the slots, for the way back.
remove_old_releases() {
  local old
  while read -r old; do
    [[ $(readlink "$place"/slots/*) != *"/$old"* ]] || continue
    rm -rf "${place:?}/releases/$old"
    changed+=("removed release $old")
  done < <(cd "$place/releases" && find . -mindepth 1 -maxdepth 1 -printf '%T@ %f\n' | sort -rn | cut -d' ' -f2 | tail -n +$((kept_releases + 1)))
}
