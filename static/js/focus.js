// What the page wants read first takes focus: an error summary, or the heading that a redirect names in its fragment.
const named = location.hash && document.getElementById(location.hash.slice(1));
const first = document.querySelector("[data-autofocus]") ?? (named?.tabIndex === -1 && named.hasAttribute("tabindex") ? named : null);
first?.focus();
