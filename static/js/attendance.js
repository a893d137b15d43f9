// Attendance of one meeting: one tap marks everybody who is not marked yet; what no longer fits a mark is emptied; the
// number of those marked follows. Without this script the server does the same.
(() => {
  const form = document.querySelector("[data-attendance]");
  if (!form) return;
  const rows = [...form.querySelectorAll("fieldset")].filter((row) => row.querySelector(".seg-let"));
  const chosen = (row) => row.querySelector(".seg-let input:checked")?.value || "";
  const FITS = { "at-late": ["late"], "at-reason": ["excused"], "at-people": ["present", "late"] };

  const empty = (row) => {
    for (const [name, values] of Object.entries(FITS)) {
      const field = row.querySelector(`.${name} input`);
      if (field && !values.includes(chosen(row))) field.value = "";
    }
  };
  const count = () => {
    const note = document.querySelector("[data-marked]");
    const text = note.textContent.replace(/\d+/, rows.filter(chosen).length);
    if (note.textContent !== text) note.textContent = text;
  };

  form.querySelector("[data-all-present]")?.addEventListener("click", (event) => {
    event.preventDefault();
    for (const row of rows) {
      if (!chosen(row)) row.querySelector('input[value="present"]').checked = true;
    }
    count();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });
  form.addEventListener("change", ({ target }) => {
    const row = target.closest?.("fieldset");
    if (row && target.type === "radio") empty(row);
    count();
  });
})();
