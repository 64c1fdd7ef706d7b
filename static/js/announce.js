// A message that was already on the page when it opened is not read out by itself; this says it once.
const message = document.querySelector("[data-announce]");
if (message) {
  const region = document.createElement("p");
  region.className = "visually-hidden";
  region.setAttribute("role", "status");
  document.body.append(region);
  setTimeout(() => { region.textContent = message.textContent.trim(); }, 400);
  setTimeout(() => region.remove(), 6000);
}
