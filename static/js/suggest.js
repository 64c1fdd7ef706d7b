// Suggestions while typing: the search field becomes a combobox. Without this it is a field with a button.
const MIN_LETTERS = 2;
const PAUSE_MS = 120;

for (const form of document.querySelectorAll("[data-suggest]")) combobox(form, form.querySelector("input[type=search]"));

function combobox(form, input) {
  const list = document.createElement("div");
  list.className = "suggest";
  list.id = `${input.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestLabel);
  form.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) {
    input.setAttribute(name, value);
  }

  let timer;
  let asked;
  let active = -1;
  const options = () => [...list.children];

  const close = () => {
    asked?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (index) => {
    const all = options();
    active = (index + all.length + 1) % (all.length + 1);
    if (active === all.length) active = -1;
    all.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    }
  };

  const fill = (items) => {
    list.replaceChildren(...items.map((item, index) => optionFor(item, `${list.id}-${index}`)));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
  };

  const ask = async () => {
    const words = input.value.trim();
    if (words.length < MIN_LETTERS) return close();
    asked?.abort();
    asked = new AbortController();
    try {
      const address = `${form.dataset.suggest}?${new URLSearchParams({ q: words })}`;
      const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: asked.signal });
      if (answer.ok) fill((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      mark(event.key === "ArrowDown" ? active + 1 : active < 0 ? options().length - 1 : active - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(options()[active].dataset.href);
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });
  input.addEventListener("blur", close);
}

function optionFor(item, id) {
  const option = document.createElement("div");
  option.className = "suggest__option";
  option.id = id;
  option.dataset.href = item.url;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  const title = document.createElement("span");
  title.textContent = item.title;
  if (item.lang) title.lang = item.lang;
  const note = document.createElement("span");
  note.textContent = item.note ?? "";
  option.append(title, note);
  return option;
}
