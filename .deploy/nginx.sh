# shellcheck shell=bash
# The web server in front: TLS, its limits, static files.

# read_certificate: which one, from the options or from the run before, and that it will do.
read_certificate() {
  local kept=$conf/deploy.conf
  certificate=${given_certificate:-$(sed -n 's/^certificate=//p' "$kept" 2>/dev/null || true)}
  key=${given_key:-$(sed -n 's/^key=//p' "$kept" 2>/dev/null || true)}
  [[ -n $certificate && -n $key ]] || die "which certificate? ./deploy.sh deploy --certificate FILE --key FILE (both in PEM)"
  certificate=$(realpath -s "$certificate") key=$(realpath -s "$key")
  [[ -r $certificate && -r $key ]] || die "$certificate or $key cannot be read: name the files of the certificate"
  openssl x509 -in "$certificate" -noout -checkend 0 >/dev/null || die "$certificate has expired or is none: get a new one"
  [[ $(openssl x509 -in "$certificate" -noout -pubkey) == "$(openssl pkey -in "$key" -pubout 2>/dev/null)" ]] ||
    die "$key is not the key of $certificate: name the two that belong together"
  [[ $(openssl x509 -in "$certificate" -noout -checkhost "$domain") != *NOT* ]] ||
    die "$certificate is not for $domain: get one that names it"
  put "$kept" <<<"certificate=$certificate"$'\n'"key=$key"
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
