// Filters, sort, chips and page links change the list in place. The address stays in step, focus stays where it was,
// and whatever goes wrong ends in an ordinary page load.
const results = () => document.querySelector("[data-results]");
const sheet = matchMedia("(max-width: 59.99rem)");
let pending;

const addressOf = (form) => {
  const fields = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(fields).toString();
  return form.getAttribute("action") + (query ? `?${query}` : "");
};

const locate = (element) => {
  if (!element || !results()?.contains(element)) return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (!element.name) return null;
  const value = element.type === "checkbox" || element.type === "radio" ? `[value="${CSS.escape(element.value)}"]` : "";
  return `[name="${CSS.escape(element.name)}"]${value}`;
};

// A group without choices is left out, so groups are told apart by their names.
const nameOf = (group) => group.querySelector("summary").textContent;
const openGroups = (root) => new Map([...root.querySelectorAll("details")].map((group) => [nameOf(group), group.open]));

const swap = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const next = page.querySelector("[data-results]");
  if (!next) throw new Error("not a list");
  const focus = locate(document.activeElement);
  const open = openGroups(results());
  next.querySelectorAll("details").forEach((group) => { group.open = open.get(nameOf(group)) ?? group.open; });
  const status = results().querySelector("[role=status]");
  results().replaceWith(next);
  document.title = page.title;
  if (focus) document.querySelector(focus)?.focus({ preventScroll: true });
  announce(status, next);
  enhance();
};

// A live region speaks when its words change, not when it arrives: the old one stays and takes the new words.
const announce = (old, next) => {
  const fresh = next.querySelector("[role=status]");
  if (!old || !fresh) return;
  const words = fresh.innerHTML;
  fresh.replaceWith(old);
  old.innerHTML = words;
};

const show = async (address, { push = true, top = false } = {}) => {
  pending?.abort();
  pending = new AbortController();
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: pending.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const html = await answer.text();
    if (push) history.pushState({ listing: true }, "", answer.url);
    swap(html);
    if (top) document.getElementById("main").scrollIntoView();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
};

const enhance = () => {
  for (const button of results().querySelectorAll("[data-nojs]")) button.hidden = true;
};

const start = () => {
  enhance();
  history.replaceState({ listing: true }, "");
  document.addEventListener("change", (event) => {
    const form = results()?.contains(event.target) && event.target.form;
    // On a phone the filters are a sheet with a button of its own.
    if (form && !(sheet.matches && form.contains(event.target))) show(addressOf(form));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-results] form");
    if (!form) return;
    event.preventDefault();
    if (form.matches(":popover-open")) form.hidePopover();
    show(addressOf(form));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-results] :is(.chips, .pagination, .facets) a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(link.href, { top: link.closest(".pagination") !== null });
  });
  addEventListener("popstate", (event) => {
    if (event.state?.listing) show(location.href, { push: false });
  });
};

if (results()) start();
