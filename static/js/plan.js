// The rows of a plan while they are written: the folded line says what stands in the row, a heading of the library
// or a row of the version before fills a new one, "Kto" offers one name after another. Without this script the
// server does the same when the form is sent.
(() => {
  const box = document.querySelector("[data-plan]");
  if (!box) return;
  const NEEDED = ["area", "goal", "actions", "expected", "due_on"];
  const WORDS = ["goal", "problem", "actions", "expected", "who", "due_on"];
  const named = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const value = (row, name) => named(row, name).value.trim();
  const rows = () => [...box.querySelectorAll("[data-row]:not([hidden])")];
  const section = box.closest("section");

  const written = (row) => WORDS.some((name) => value(row, name));

  const term = (row) => {
    const day = value(row, "due_on"), place = row.querySelector("[data-term]");
    place.textContent = `do ${day}`;
    place.hidden = !day;
    row.querySelector("[data-no-term]").hidden = Boolean(day) || !written(row);
  };

  const tell = (row) => {
    const area = named(row, "area");
    const about = [area.value && area.selectedOptions[0].textContent, value(row, "who")].filter(Boolean).join("; ");
    row.querySelector("[data-title]").textContent = value(row, "goal") || value(row, "actions") || "Nowy wiersz";
    row.querySelector("[data-about]").textContent = about;
    named(row, "goal").setAttribute("list", area.value ? `cele-${area.value}` : "cele");
    term(row);
  };

  const count = () => {
    const lacking = rows().filter((row) => written(row) && NEEDED.some((name) => !value(row, name))).length;
    section.querySelector("[data-count]").textContent = rows().length;
    const words = lacking ? `Do uzupełnienia: ${lacking}. ` : "", place = section.querySelector("[data-lacking]");
    if (place.textContent !== words) place.textContent = words;
  };

  const names = [...document.querySelectorAll("[data-names] option")].map((option) => option.value);
  const offer = (field) => {
    const typed = field.value.split(",").map((name) => name.trim());
    const before = typed.slice(0, -1).filter(Boolean);
    const last = typed.at(-1);
    const start = names.includes(last) ? [...before, last] : before;
    const left = names.filter((name) => !start.includes(name));
    const options = left.map((name) => new Option("", [...start, name].join(", ")));
    document.querySelector("[data-names]").replaceChildren(...options);
  };

  box.addEventListener("ops:row", ({ target: row, detail: button }) => {
    if (!button.dataset.fill) return;
    for (const [name, words] of Object.entries(JSON.parse(button.dataset.fill))) {
      const field = named(row, name);
      if (field) field.value = words;
    }
    if (button.dataset.hint) row.querySelector("[data-hint]").textContent = `Na przykład: ${button.dataset.hint}.`;
    for (let fold = button.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = false;
    tell(row);
  });
  box.addEventListener("focusin", ({ target }) => { if (target.name?.endsWith("-who")) offer(target); });
  const changed = ({ target }) => {
    const row = target.closest("[data-row]");
    if (target.name?.endsWith("-who")) offer(target);
    if (row) tell(row);
    count();
  };
  box.addEventListener("input", changed);
  box.addEventListener("change", changed);
})();
