// Repeated rows of a form without a trip to the server. Without this script the same buttons send the form
// (_add, _remove, _up) and the server answers with one row more, one hidden or one moved.
(() => {
  const numbered = (box) => {
    let number = 0;
    box.querySelectorAll(":scope > [data-row-list] > [data-row]:not([hidden])").forEach((row) => {
      number += 1;
      row.querySelectorAll("[data-number]").forEach((place) => { place.textContent = number; });
    });
  };

  const add = (box, button) => {
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
    row.dispatchEvent(new CustomEvent("ops:row", { bubbles: true, detail: button }));
    if (window.htmx) window.htmx.process(row);
    const fields = [...row.querySelectorAll("input:not([type=hidden]), select, textarea")];
    const first = fields.find((field) => !field.value) || fields[0];
    if (first) first.focus();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const remove = (box, button) => {
    const row = button.closest("[data-row]");
    row.querySelector("input[name$='-DELETE']").value = "on";
    row.hidden = true;
    numbered(box);
    const left = [...box.querySelectorAll(":scope > [data-row-list] > [data-row]:not([hidden])")].pop();
    const next = (left && left.querySelector("summary, [name=_remove]")) || box.querySelector("[name=_add]");
    if (next) next.focus();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Places are told by the hidden ORDER; a row passes the nearest one above it that was not taken away.
  const up = (box, button) => {
    const row = button.closest("[data-row]");
    let above = row.previousElementSibling;
    while (above && above.hidden) above = above.previousElementSibling;
    if (!above) return;
    above.before(row);
    [...row.parentElement.children].forEach((each, place) => {
      each.querySelector("input[name$='-ORDER']").value = place;
    });
    numbered(box);
    const told = box.querySelector("[data-moved]");
    if (told) told.textContent = `Wiersz jest teraz na miejscu ${row.querySelector("[data-number]").textContent}.`;
    const stays = button.checkVisibility ? button.checkVisibility() : true;
    (stays ? button : row.querySelector("summary") || row).focus();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // As plain buttons they are no longer the form's default, so Enter in a field saves the form.
  const prepare = (part) => part.querySelectorAll("[name=_add], [name=_remove], [name=_up]").forEach((button) => {
    button.type = "button";
  });

  document.querySelectorAll("[data-rows]").forEach((box) => {
    prepare(box);
    // After Back the browser remembers the total of rows that are no longer in the page.
    const total = box.querySelector(`input[name="${box.dataset.rows}-TOTAL_FORMS"]`);
    if (total) total.value = box.querySelectorAll(":scope > [data-row-list] > [data-row]").length;
    box.addEventListener("click", (event) => {
      const button = event.target.closest("[name=_add], [name=_remove], [name=_up]");
      if (!button) return;
      ({ _add: add, _remove: remove, _up: up })[button.name](box, button);
    });
  });
})();
