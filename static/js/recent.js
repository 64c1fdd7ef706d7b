// The page is kept for everybody, so it says itself that it was looked at.
const [, language, slug] = location.pathname.match(/^(\/[a-z]{2})?\/films\/([^/]+)$/) ?? [];
if (slug) fetch(`${language ?? ""}/recent`, { method: "POST", body: new URLSearchParams({ slug }), keepalive: true }).catch(() => {});
