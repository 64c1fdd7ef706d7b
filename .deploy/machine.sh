# shellcheck shell=bash
# What the machine must have, and what runs on it for as long as this script does.

step() { printf '==> [%3ds] %s\n' "$SECONDS" "$*"; }

die() {
  printf 'deploy.sh: %s\n' "$*" >&2
  exit 1
}

# --- packages ------------------------------------------------------------------------------------

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

# What is started below gets a process group, and stays in this session: Linux shares the processors between sessions
# first, and a server in one of its own was seen to wait for a second and more while a load used up both of them.

# run COMMAND...: a step that a signal ends at once, with all that it started.
run() {
  local status=0
  set -m
  "$@" </dev/null 8>&- &
  child=$!
  set +m
  wait "$child" || status=$?
  child=
  return "$status"
}

# start NAME FOLDER SECONDS COMMAND...: a server that runs until this script ends, in FOLDER and
# out of the terminal's reach, so that it is stopped in its turn and not by Ctrl-C itself.
start() {
  local pidfile=$base/$1.pid
  set -m
  (cd "$2" && exec "${@:4}" 8>&- </dev/null) &
  server=$!
  set +m
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

# --- ports ----------------------------------------------------------------------------------------

# answers PORT: whether anything listens there.
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
  local port
  while port=$((RANDOM % 20000 + 20000)); answers "$port"; do :; done
  printf '%s' "$port"
}
