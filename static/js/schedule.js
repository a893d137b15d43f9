// The schedule of a group: while sentences are written, the parts marked data-live are taken from the answer of the
// server. Without this script the button "Pokaż, co z tego wynika" loads the page with them.
(() => {
  const form = document.querySelector("form[data-schedule]");
  if (!form) return;
  const WAIT = 500;
  const shown = new Map([...form.querySelectorAll("[data-live]")].map((part) => [part.id, part.innerHTML]));
  let timer = null, request = null;

  const replace = (fresh) => form.querySelectorAll("[data-live]").forEach((part) => {
    const other = fresh.getElementById(part.id);
    if (!other || other.innerHTML === shown.get(part.id)) return;
    const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
    shown.set(part.id, other.innerHTML);
    part.replaceChildren(...other.childNodes);
    part.dispatchEvent(new CustomEvent("ops:row", { bubbles: true, detail: form }));
    if (focused) document.getElementById(focused)?.focus();
  });

  const refresh = async () => {
    if (request) request.abort();
    request = new AbortController();
    const data = new FormData(form);
    data.set("_refresh", "1");
    const response = await fetch(form.action, { method: "POST", body: data, signal: request.signal });
    if (!response.ok || response.redirected) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    replace(fresh);
    const save = form.querySelector(".savebar .btn-primary"), label = fresh.querySelector(".savebar .btn-primary");
    if (save && label) save.textContent = label.textContent;
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(() => refresh().catch(() => {}), wait);
  };

  // An answer on its way is older than what is typed now, so it is not waited for: it would replace the field under the
  // fingers. A new day of a holiday is read when its field is left.
  form.addEventListener("input", ({ target }) => {
    request?.abort();
    clearTimeout(timer);
    if (!target.matches("[data-live] *")) later(WAIT);
  });
  form.addEventListener("change", () => later(0));
  // Enter in a field presses the unseen button of the preview.
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sentence], [name=_refresh][value='1']");
    if (!button) return;
    event.preventDefault();
    if (!button.dataset.sentence) return void later(0);
    const field = document.getElementById(button.dataset.rowField);
    field.value = button.dataset.sentence;
    field.focus();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
