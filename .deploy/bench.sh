# shellcheck shell=bash
# `./deploy.sh bench`: what pages and purchases cost.

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
