// Back to a form that was sent: the page comes anew with a new key, while the browser puts the old text back. What the
// fields of form[data-once] say still belongs to the first key, so the same sent again is no second record. The new
// key waits for what is typed after that one was saved (ops:gone, told by the drafts).
(() => {
  const form = document.querySelector("form[data-once]");
  if (!form) return;
  const marks = [...form.querySelectorAll("input[type=hidden]")].filter(
    (field) => field.name !== "csrfmiddlewaretoken" && !field.closest("[data-rows]"));
  const marked = () => Object.fromEntries(marks.map((field) => [field.name, field.value]));
  const mark = (values) => marks.forEach((field) => { field.value = values[field.name] ?? field.value; });
  const keep = () => history.replaceState({ ...history.state, form: marked() }, "");
  const [arrival] = performance.getEntriesByType("navigation");
  let fresh = null;
  if (arrival && arrival.type === "back_forward" && history.state && history.state.form) {
    fresh = marked();
    mark(history.state.form);
  } else keep();
  form.addEventListener("ops:gone", (event) => {
    if (!fresh) return;
    event.preventDefault();
    mark(fresh);
    keep();
    fresh = null;
  });
})();
