# shellcheck shell=bash
# The web server in front: TLS, its limits, static files.

# read_certificate: two links remember which one it is. One that will not do is refused before anything goes by it.
read_certificate() {
  certificate=$conf/certificate.pem key=$conf/key.pem
  if [[ -n $given_certificate || -n $given_key ]]; then
    check_certificate "$given_certificate" "$given_key"
    point "$certificate" "$given_certificate"
    point "$key" "$given_key"
  else
    [[ -e $certificate ]] || die "which certificate? ./deploy.sh deploy --certificate FILE --key FILE (both in PEM)"
    check_certificate "$certificate" "$key"
  fi
  # Everybody is sent the certificate; the key is the web server's alone.
  as_shop test -r "$certificate" ||
    step "To be warned before the certificate runs out, let the user marquee read $(realpath "$certificate") and enter its folders (chmod o+x)"
}

# point LINK FILE
point() {
  local file
  file=$(realpath -s "$2")
  [[ $(readlink "$1") != "$file" ]] || return 0
  ln -sfn "$file" "$1"
  changed+=("pointed $1 to $file")
}

# check_certificate CERTIFICATE KEY
check_certificate() {
  [[ -r $1 && -r $2 ]] || die "the certificate '$1' or its key '$2' cannot be read: name both with --certificate and --key"
  openssl x509 -in "$1" -noout -checkend 0 >/dev/null || die "$1 has expired or is no certificate: get a new one"
  [[ $(openssl x509 -in "$1" -noout -pubkey) == "$(openssl pkey -in "$2" -pubout 2>/dev/null)" ]] ||
    die "$2 is not the key of $1: name the two that belong together"
  [[ $(openssl x509 -in "$1" -noout -checkhost "$domain") != *NOT* ]] || die "$1 is not for $domain: get one that names it"
}

write_site() {
  filled nginx-site.conf APP_PORT="$app_port" LISTEN_HTTP="$(listen "$http_port")" LISTEN_HTTPS="$(listen "$https_port" ssl http2)" \
    DOMAIN="$domain" BASE_URL="$base_url" CERTIFICATE="$certificate" KEY="$key" CACHE="$prefix/var/cache/nginx/marquee"
}

# serve_behind_nginx: a site that nginx refuses is taken back, so that others on the host go on.
serve_behind_nginx() {
  local site=$prefix/etc/nginx/sites-available/marquee enabled=$prefix/etc/nginx/sites-enabled/marquee
  mkdir -p "${site%/*}" "${enabled%/*}" "$prefix/var/cache/nginx"
  write_nginx_itself
  filled logrotate NGINX_PID="$prefix/run/nginx.pid" | put "$prefix/etc/logrotate.d/marquee"
  rm -f "$base/site.before"
  [[ ! -e $site ]] || cp "$site" "$base/site.before"
  write_site | put "$site"
  if [[ -z $is_new && -e $enabled ]] && nginx_runs; then return; fi
  ln -sfn ../sites-available/marquee "$enabled"
  if ! test_nginx >"$base/nginx.log" 2>&1; then
    if [[ -e $base/site.before ]]; then cp "$base/site.before" "$site"; else rm "$site" "$enabled"; fi
    die "nginx refuses the shop's site: $(grep -m1 -E 'emerg|error' "$base/nginx.log"). Correct it and run this again"
  fi
  step "Taking visitors at $base_url"
  reload_nginx
}
