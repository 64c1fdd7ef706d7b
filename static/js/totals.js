// The summary of the checkout follows the delivery and the address chosen so far.
const form = document.querySelector("[data-totals]");
let asked;

form?.addEventListener("change", async (event) => {
  if (!/^(delivery_type|pickup_point|country|region|city|postcode)$/.test(event.target.name)) return;
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(form.dataset.totals, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "text/html" },
      signal: asked.signal,
    });
    // Without an answer the old summary stays: placing the order compares the totals in any case.
    if (!answer.ok) return;
    const summary = form.querySelector("[data-totals-summary]");
    const text = await answer.text();
    // Whoever is on the button already, or reads the further lines, stays there.
    const stops = () => [...summary.querySelectorAll("button, summary")];
    const at = stops().indexOf(document.activeElement);
    const isOpen = summary.querySelector("details")?.open;
    summary.innerHTML = text;
    summary.querySelector("details")?.toggleAttribute("open", isOpen === true);
    stops()[at]?.focus();
    form.querySelector("[data-totals-status]").textContent = summary.querySelector("[data-total]").textContent;
  } catch (error) {
    if (error.name !== "AbortError") console.warn(error);
  }
});
