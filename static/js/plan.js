// Rows of the plan editor: keeps the collapsed line of a row up to date, fills a new row from the goal library or the
// previous version, suggests one name after another in "Kto". Without this script the server does the same on submit.
(() => {
  const box = document.querySelector("[data-plan]");
  if (!box) return;
  const REQUIRED = ["area", "goal", "actions", "expected_outcome", "due_on"];
  const TEXT_FIELDS = ["goal", "problem", "actions", "expected_outcome", "who", "due_on"];
  const fieldOf = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const value = (row, name) => fieldOf(row, name).value.trim();
  const rows = () => [...box.querySelectorAll("[data-row]:not([hidden])")];
  const section = box.closest("section");

  const isFilled = (row) => TEXT_FIELDS.some((name) => value(row, name));

  const updateDueDate = (row) => {
    const day = value(row, "due_on"), label = row.querySelector("[data-term]");
    label.textContent = `do ${day}`;
    label.hidden = !day;
    row.querySelector("[data-no-term]").hidden = Boolean(day) || !isFilled(row);
  };

  const updateSummary = (row) => {
    const area = fieldOf(row, "area");
    const about = [area.value && area.selectedOptions[0].textContent, value(row, "who")].filter(Boolean).join("; ");
    row.querySelector("[data-title]").textContent = value(row, "goal") || value(row, "actions") || "Nowy wiersz";
    row.querySelector("[data-about]").textContent = about;
    fieldOf(row, "goal").setAttribute("list", area.value ? `cele-${area.value}` : "cele");
    updateDueDate(row);
  };

  const updateCounts = () => {
    const lacking = rows().filter((row) => isFilled(row) && REQUIRED.some((name) => !value(row, name))).length;
    section.querySelector("[data-count]").textContent = rows().length;
    const text = lacking ? `Do uzupełnienia: ${lacking}. ` : "", status = section.querySelector("[data-lacking]");
    if (status.textContent !== text) status.textContent = text;
  };

  const names = [...document.querySelectorAll("[data-names] option")].map((option) => option.value);
  const suggestNames = (field) => {
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
    for (const [name, text] of Object.entries(JSON.parse(button.dataset.fill))) {
      if (Array.isArray(text)) {
        const ticked = text.map(String);
        for (const tick of row.querySelectorAll(`[name$="-${name}"]`)) tick.checked = ticked.includes(tick.value);
        continue;
      }
      const field = fieldOf(row, name);
      if (field) field.value = text;
    }
    if (button.dataset.hint) row.querySelector("[data-hint]").textContent = `Na przykład: ${button.dataset.hint}.`;
    for (let fold = button.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = false;
    updateSummary(row);
  });
  box.addEventListener("focusin", ({ target }) => { if (target.name?.endsWith("-who")) suggestNames(target); });
  const changed = ({ target }) => {
    const row = target.closest("[data-row]");
    if (target.name?.endsWith("-who")) suggestNames(target);
    if (row) updateSummary(row);
    updateCounts();
  };
  box.addEventListener("input", changed);
  box.addEventListener("change", changed);
})();
