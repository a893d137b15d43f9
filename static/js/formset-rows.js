// Adds, removes and moves formset rows in the page. Without JavaScript the same buttons (_add, _remove, _up) submit
// the form and the server does it: lubsko_ops/submissions/formset_buttons.py.
(() => {
  const renumber = (box) => {
    let number = 0;
    box.querySelectorAll(":scope > [data-row-list] > [data-row]:not([hidden])").forEach((row) => {
      number += 1;
      row.querySelectorAll("[data-number]").forEach((label) => { label.textContent = number; });
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
    renumber(box);
    row.dispatchEvent(new CustomEvent("ops:row", { bubbles: true, detail: button }));
    if (window.htmx) window.htmx.process(row);
    const fields = [...row.querySelectorAll("input:not([type=hidden]), select, textarea")];
    const first = fields.find((field) => !field.value) || fields[0];
    if (first) first.focus();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Fields that name rows of this box by their numbers ("1, 3") follow when row number `gone` is removed, and say so.
  const renumberFields = (box, gone) => {
    const fields = document.querySelectorAll(`[data-numbers-of="${box.dataset.rows}"]`);
    [...fields].filter((field) => !field.closest("[data-row][hidden]")).forEach((field) => {
      const words = field.value.split(/[\s,;]+/).filter(Boolean);
      if (!words.every((word) => /^\d+\.?$/.test(word))) return;
      const numbers = words.map(Number), left = numbers.filter((each) => each !== gone);
      field.value = left.map((each) => (each > gone ? each - 1 : each)).join(", ");
      const help = document.getElementById(field.getAttribute("aria-describedby"));
      if (left.length < numbers.length && help) {
        help.setAttribute("role", "status");
        help.textContent = field.dataset.removed.replace("0", gone);
      }
    });
  };

  const remove = (box, button) => {
    const row = button.closest("[data-row]");
    const gone = [...row.parentElement.querySelectorAll(":scope > [data-row]:not([hidden])")].indexOf(row) + 1;
    renumberFields(box, gone);
    row.querySelector("input[name$='-DELETE']").value = "on";
    row.hidden = true;
    renumber(box);
    const left = [...box.querySelectorAll(":scope > [data-row-list] > [data-row]:not([hidden])")].pop();
    const next = (left && left.querySelector("summary, [name=_remove]")) || box.querySelector("[name=_add]");
    if (next) next.focus();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // The hidden ORDER fields hold the positions; a row moves above the nearest row that is not removed.
  const moveUp = (box, button) => {
    const row = button.closest("[data-row]");
    let above = row.previousElementSibling;
    while (above && above.hidden) above = above.previousElementSibling;
    if (!above) return;
    above.before(row);
    [...row.parentElement.children].forEach((sibling, position) => {
      sibling.querySelector("input[name$='-ORDER']").value = position;
    });
    renumber(box);
    const announcement = box.querySelector("[data-moved]");
    if (announcement) announcement.textContent = `Wiersz jest teraz na miejscu ${row.querySelector("[data-number]").textContent}.`;
    const isVisible = button.checkVisibility ? button.checkVisibility() : true;
    (isVisible ? button : row.querySelector("summary") || row).focus();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Of type "button" they are not the default button of the form, so Enter in a field saves it.
  const prepare = (part) => part.querySelectorAll("[name=_add], [name=_remove], [name=_up]").forEach((button) => {
    button.type = "button";
  });

  document.querySelectorAll("[data-rows]").forEach((box) => {
    prepare(box);
    // After Back the browser restores a total that counts rows no longer in the page.
    const total = box.querySelector(`input[name="${box.dataset.rows}-TOTAL_FORMS"]`);
    if (total) total.value = box.querySelectorAll(":scope > [data-row-list] > [data-row]").length;
    box.addEventListener("click", (event) => {
      const button = event.target.closest("[name=_add], [name=_remove], [name=_up]");
      if (!button) return;
      ({ _add: add, _remove: remove, _up: moveUp })[button.name](box, button);
    });
  });
})();
