// A form that sends itself when a control changes; its button then goes away.
document.addEventListener("change", (event) => {
  event.target.closest("[data-autosubmit]")?.form?.requestSubmit();
});

for (const control of document.querySelectorAll("[data-autosubmit]")) {
  for (const button of control.form.querySelectorAll("[data-nojs]")) button.hidden = true;
}
