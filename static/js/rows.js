// Repeated rows of a form without a trip to the server. Without this script the same buttons send the form
// (_add, _remove) and the server answers with one row more or one hidden.
(() => {
  const numbered = (box) => {
    let number = 0;
    box.querySelectorAll(":scope > [data-row-list] > [data-row]:not([hidden])").forEach((row) => {
      number += 1;
      row.querySelectorAll("[data-number]").forEach((place) => { place.textContent = number; });
    });
  };

  const add = (box) => {
    const total = box.querySelector(`input[name="${box.dataset.rows}-TOTAL_FORMS"]`);
    const limit = box.querySelector(`input[name="${box.dataset.rows}-MAX_NUM_FORMS"]`);
    if (limit && Number(total.value) >= Number(limit.value)) return;
    const holder = document.createElement("ul");
    holder.innerHTML = box.querySelector(":scope > template").innerHTML.replaceAll("__prefix__", total.value);
    const row = holder.firstElementChild;
    box.querySelector(":scope > [data-row-list]").append(row);
    total.value = Number(total.value) + 1;
    prepare(row);
    numbered(box);
    row.dispatchEvent(new Event("ops:row", { bubbles: true }));
    if (window.htmx) window.htmx.process(row);
    const first = row.querySelector("input:not([type=hidden]), select, textarea");
    if (first) first.focus();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const remove = (box, button) => {
    const row = button.closest("[data-row]");
    row.querySelector("input[name$='-DELETE']").value = "on";
    row.hidden = true;
    numbered(box);
    const left = [...box.querySelectorAll(":scope > [data-row-list] > [data-row]:not([hidden])")].pop();
    const next = (left && left.querySelector("[name=_remove]")) || box.querySelector("[name=_add]");
    if (next) next.focus();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // As plain buttons they are no longer the form's default, so Enter in a field saves the form.
  const prepare = (part) => part.querySelectorAll("[name=_add], [name=_remove]").forEach((button) => {
    button.type = "button";
  });

  document.querySelectorAll("[data-rows]").forEach((box) => {
    prepare(box);
    // After Back the browser remembers the total of rows that are no longer in the page.
    const total = box.querySelector(`input[name="${box.dataset.rows}-TOTAL_FORMS"]`);
    if (total) total.value = box.querySelectorAll(":scope > [data-row-list] > [data-row]").length;
    box.addEventListener("click", (event) => {
      const button = event.target.closest("[name=_add], [name=_remove]");
      if (!button) return;
      if (button.name === "_add") add(box);
      else remove(box, button);
    });
  });
})();
