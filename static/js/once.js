// Back to a form that was sent: the page comes anew with a new key, while the browser puts the old text back, without
// dates and without added rows. When the first sending was saved, form[data-once] begins anew and says so; when that
// cannot be asked, its fields still belong to the first key, so the same sent again is no second record.
(() => {
  const form = document.querySelector("form[data-once]");
  if (!form) return;
  const marks = [...form.querySelectorAll("input[type=hidden]")].filter(
    (field) => field.name !== "csrfmiddlewaretoken" && !field.closest("[data-rows]"));
  const marked = () => Object.fromEntries(marks.map((field) => [field.name, field.value]));
  const mark = (values) => marks.forEach((field) => { field.value = values[field.name] ?? field.value; });
  const keep = () => history.replaceState({ ...history.state, form: marked() }, "");
  const [arrival] = performance.getEntriesByType("navigation");
  if (!arrival || arrival.type !== "back_forward" || !history.state || !history.state.form) return void keep();

  let fresh = marked();
  mark(history.state.form);
  const begin = () => {
    if (!fresh) return false;
    mark(fresh);
    keep();
    fresh = null;
    return true;
  };
  form.addEventListener("ops:gone", (event) => { if (begin()) event.preventDefault(); });

  const ask = async () => {
    const data = new FormData();
    data.set("_key", history.state.form._key);
    data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    const answer = await fetch(form.dataset.once, { method: "POST", body: data, redirect: "manual" });
    const told = document.querySelector("[data-saved-before]");
    if (answer.status !== 410 || !told || !fresh) return;
    form.reset();
    begin();
    told.querySelector("a").href = (await answer.json()).address;
    told.hidden = false;
    told.focus();
  };
  window.addEventListener("pageshow", () => ask().catch(() => {}));
})();
