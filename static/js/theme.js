// House lights: the style sheet already follows the radios; this tells the server, which keeps a cookie.
for (const form of document.querySelectorAll("[data-theme-form]")) {
  form.querySelector("[data-nojs]").hidden = true;
  form.addEventListener("change", () => {
    fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
      keepalive: true,
    }).catch(() => { /* the choice still holds on this page */ });
  });
}
