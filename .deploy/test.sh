# shellcheck shell=bash
# `./deploy.sh test`: every check there is.

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
  shellcheck deploy.sh .ci/run
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
  if cargo nextest --version >/dev/null 2>&1; then runner=(cargo nextest run --locked --no-fail-fast --test-threads "$(($(nproc) * 3 / 2))"); fi
  DATABASE_URL=${1:-$(database_url '')} REDIS_URL=$(redis_url) SQLX_OFFLINE=true run "${runner[@]}"
}

run_browser_tests() {
  local port modules=tests/browser/node_modules
  if [[ ! $modules/.package-lock.json -nt tests/browser/package-lock.json ]]; then
    run npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund --loglevel=error
  fi
  port=$(free_port)
  sql -e 'CREATE DATABASE browsed'
  export DATABASE_URL REDIS_URL MARQUEE_ENV=test MARQUEE_BASE_URL=http://127.0.0.1:$port
  export MARQUEE_LOG=warn MARQUEE_LOG_DIR=$TEST_LOGS/browser
  DATABASE_URL=$(database_url browsed)
  REDIS_URL=$(redis_url)
  run "$(program)" migrate
  run "$(program)" seed
  run "$(program)" seed --people
  serve "$port"
  MARQUEE_URL=$MARQUEE_BASE_URL CHROMIUM=$(command -v chromium) \
    run node --test --test-reporter=spec tests/browser/*.test.js
}

run_deployment_tests() {
  sql -e 'CREATE DATABASE deployed'
  DATABASE_URL=$(database_url deployed) REDIS_URL="$(redis_url)?db=1" SQL_SOCKET=$database_socket SHOP_PROGRAM=$(program) \
    run node --test --test-reporter=spec tests/deploy/deploy.test.mjs
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
  want nginx nginx-light
  want shellcheck shellcheck
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
  export TEST_LOGS=$base/test-logs
  rm -rf "$TEST_LOGS"
  mkdir -p "$TEST_LOGS"
  run_tests "$given"
  step "Browser tests"
  run_browser_tests
  step "Logs and error reports of all tests"
  SQLX_OFFLINE=true run cargo test --locked --test it watch::logs::no_line_of_any_test_tells_of_a_person -- --exact --ignored
  step "Deployments"
  run_deployment_tests
  step "All checks passed"
}

# start_throwaway_servers OPTION...: empty ones, with these options of MariaDB.
start_throwaway_servers() {
  stop "$base/mariadbd.pid" "$base/mariadb" mariadbd 60
  rm -rf "$base/mariadb"
  start_mariadb --max-connections=500 "$@"
  start_redis
}
