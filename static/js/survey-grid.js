// The grid of survey sheets, typed by keyboard alone: a digit moves to the next cell, arrows and Backspace move back,
// Ctrl and Enter saves. Without this script Tab moves on and the page works the same.
(() => {
  const start = (grid) => {
    const form = grid.closest("form"), status = form.querySelector("[data-grid-status]");
    const all = () => [...grid.querySelectorAll("input:not([type=hidden])")];
    const isCell = (input) => input.dataset.cell !== undefined;
    const save = () => form.querySelector(".savebar button[type=submit]");

    const enter = (input) => {
      if (!input) return void save().focus();
      input.focus();
      input.select();
    };

    // The next input; a code that is filled in is passed over.
    const next = (input, step) => {
      const inputs = all();
      let place = inputs.indexOf(input) + step;
      while (inputs[place] && !isCell(inputs[place]) && inputs[place].value) place += step;
      return inputs[place];
    };

    const inColumn = (input, step) => {
      const inputs = (row) => [...row.querySelectorAll("input:not([type=hidden])")];
      const rows = [...grid.querySelectorAll("tbody tr")].filter((row) => inputs(row).length);
      const row = input.closest("tr"), other = rows[rows.indexOf(row) + step];
      return other && inputs(other)[inputs(row).indexOf(input)];
    };

    const show = (text) => { if (status) status.textContent = text; };

    grid.addEventListener("focusin", (event) => {
      if (event.target.matches("input")) event.target.select();
    });

    grid.addEventListener("input", (event) => {
      const input = event.target, typed = input.value.trim().toLowerCase();
      if (!isCell(input)) return;
      if (!typed) return void input.removeAttribute("aria-invalid");
      if (input.dataset.cell.includes(typed) && typed.length === 1) {
        input.removeAttribute("aria-invalid");
        show("");
        enter(next(input, 1));
      } else {
        input.setAttribute("aria-invalid", "true");
        show(input.dataset.cell === "tn" ? "Wpisz t albo n." : "Wpisz cyfrę od 1 do 5.");
        input.select();
      }
    });

    grid.addEventListener("keydown", (event) => {
      const input = event.target, key = event.key;
      if (!input.matches("input") || event.altKey || event.metaKey) return;
      if (key === "Enter") {
        event.preventDefault();
        if (event.ctrlKey) return void form.requestSubmit(save());
        return void enter(next(input, 1));
      }
      if (event.ctrlKey || event.shiftKey) return;
      const moves = {
        ArrowRight: () => next(input, 1), ArrowLeft: () => next(input, -1),
        ArrowDown: () => inColumn(input, 1), ArrowUp: () => inColumn(input, -1),
      };
      const target = isCell(input) || key === "ArrowDown" || key === "ArrowUp" ? moves[key] : undefined;
      if (target) {
        event.preventDefault();
        const other = target();
        if (other) enter(other);
      } else if (key === "Backspace" && isCell(input) && !input.value) {
        event.preventDefault();
        const before = next(input, -1);
        if (before) enter(before);
      }
    });
  };

  document.querySelectorAll("[data-grid]").forEach(start);
})();
