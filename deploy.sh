#!/usr/bin/env bash
# Runs Marquee: `dev` opens the shop, `test` proves it, `bench` measures it, `deploy` puts it into production. See README.md.
#
# The first three use a MariaDB and a Redis of their own, kept under .local/ and reached through unix sockets only. A
# process is stopped or reused only when its pid file, its name and its working directory all say whose it is.
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
  deploy put this checkout into production on this host, or the next release of it
         --domain NAME   how people call the shop (the first time)
         --certificate FILE --key FILE  for TLS, in PEM (the first time, and when they move)
         --binary FILE   a program that was built elsewhere
         --root DIR      all of it under a folder and by plain processes, for trying; --port N is that of https,
                         --stop ends it

dev serves on http://127.0.0.1:8000; PORT chooses another port. With DATABASE_URL or REDIS_URL set,
dev uses those servers instead of its own, and test runs the integration tests on DATABASE_URL.
TEXT
}

# shellcheck source=.deploy/machine.sh
. .deploy/machine.sh
# shellcheck source=.deploy/servers.sh
. .deploy/servers.sh
# shellcheck source=.deploy/dev.sh
. .deploy/dev.sh
# shellcheck source=.deploy/test.sh
. .deploy/test.sh
# shellcheck source=.deploy/bench.sh
. .deploy/bench.sh
# shellcheck source=.deploy/nginx.sh
. .deploy/nginx.sh
# shellcheck source=.deploy/production.sh
. .deploy/production.sh

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
  deploy)
    trap 'finish 130' INT TERM HUP
    deploy "${@:2}"
    ;;
  -h | --help | help) usage ;;
  *)
    usage >&2
    exit 64
    ;;
esac
