// The grid of attendance: arrow keys move between cells, one letter fills a cell and moves on, Delete empties it, Ctrl+Z undoes.
// Without this script the cells are ordinary fields of one letter.
(() => {
  const table = document.querySelector("[data-grid]");
  if (!table) return;
  const LETTERS = "OSUN", STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const grid = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.querySelector("input")));
  const changes = [];
  const place = (cell) => {
    const row = grid.findIndex((cells) => cells.includes(cell));
    return row < 0 ? null : [row, grid[row].indexOf(cell)];
  };

  // The next cell in this direction; cells without a field are passed over.
  const neighbour = (cell, [down, right]) => {
    let [row, column] = place(cell);
    do { row += down; column += right; } while (grid[row] && column > 0 && column < grid[row].length && !grid[row][column]);
    return grid[row]?.[column] || null;
  };
  // Below the last person the next meeting begins, so that a whole grid is typed without another key.
  const topOfNext = (cell) => {
    for (let column = place(cell)[1] + 1; column < grid[0].length; column += 1) {
      const row = grid.find((cells) => cells[column]);
      if (row) return row[column];
    }
    return null;
  };
  const go = (cell) => { if (cell) { cell.focus(); cell.select(); } };
  const set = (cell, letter) => {
    if (cell.readOnly || cell.value === letter) return;
    changes.push([cell, cell.value]);
    cell.value = letter;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
  };

  table.addEventListener("focusin", ({ target }) => { if (target.matches("input")) target.select(); });
  table.addEventListener("keydown", (event) => {
    const cell = event.target, key = event.key;
    if (!cell.matches("input") || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (key.toLowerCase() !== "z" || event.shiftKey) return;
      event.preventDefault();
      const last = changes.pop();
      if (!last) return;
      last[0].value = last[1];
      last[0].dispatchEvent(new Event("input", { bubbles: true }));
      go(last[0]);
    } else if (STEPS[key]) {
      event.preventDefault();
      go(neighbour(cell, STEPS[key]));
    } else if (key === "Delete" || key === "Backspace") {
      event.preventDefault();
      set(cell, "");
    } else if (key.length === 1 && key !== " ") {
      event.preventDefault();
      const letter = key.toUpperCase();
      if (!LETTERS.includes(letter)) return;
      set(cell, letter);
      go(neighbour(cell, STEPS.ArrowDown) || topOfNext(cell));
    }
  });
})();
