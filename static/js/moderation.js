// Keys in the queue of reviews, and only while the focus is inside it: J and K move, A approves, R rejects, E opens,
// F features, X selects.
const queue = document.querySelector("[data-moderation]");
const reviews = queue ? [...queue.querySelectorAll("[data-review]")] : [];
const isTyping = (element) => element.matches("textarea, select, input:not([type=checkbox], [type=radio])");

reviews[0]?.focus({ preventScroll: true });

queue?.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
  const here = reviews.indexOf(event.target.closest("[data-review]"));
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    event.preventDefault();
    const next = here < 0 ? 0 : here + (key === "j" ? 1 : -1);
    reviews[Math.max(0, Math.min(reviews.length - 1, next))].focus();
  } else if (here >= 0 && key === "x") {
    reviews[here].querySelector('[name="pick"]').click();
  } else if (here >= 0) {
    reviews[here].querySelector(`[data-key="${CSS.escape(key)}"]`)?.click();
  }
});

const all = queue?.querySelector("[data-select-all]");
if (all) {
  all.disabled = false;
  all.addEventListener("change", () => {
    for (const pick of queue.querySelectorAll('[name="pick"]')) pick.checked = all.checked;
  });
}
