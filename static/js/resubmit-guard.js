// Back to a form that was sent: the page has a new key, but the browser restores the old text, without dates and added
// rows. If the form had been saved, form[data-once] is reset and a notice is shown; if that cannot be checked, the old
// key is put back, so that sending the same text again makes no second record.
(() => {
  const form = document.querySelector("form[data-once]");
  if (!form) return;
  const hiddenFields = [...form.querySelectorAll("input[type=hidden]")].filter(
    (field) => field.name !== "csrfmiddlewaretoken" && !field.closest("[data-rows]"));
  const readFields = () => Object.fromEntries(hiddenFields.map((field) => [field.name, field.value]));
  const writeFields = (values) => hiddenFields.forEach((field) => { field.value = values[field.name] ?? field.value; });
  const remember = () => history.replaceState({ ...history.state, form: readFields() }, "");
  const [arrival] = performance.getEntriesByType("navigation");
  if (!arrival || arrival.type !== "back_forward" || !history.state || !history.state.form) return void remember();

  let fresh = readFields();
  writeFields(history.state.form);
  const startAnew = () => {
    if (!fresh) return false;
    writeFields(fresh);
    remember();
    fresh = null;
    return true;
  };
  form.addEventListener("ops:gone", (event) => { if (startAnew()) event.preventDefault(); });

  const checkSaved = async () => {
    const data = new FormData();
    data.set("_key", history.state.form._key);
    data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    const response = await fetch(form.dataset.once, { method: "POST", body: data, redirect: "manual" });
    const notice = document.querySelector("[data-saved-before]");
    if (response.status !== 410 || !notice || !fresh) return;
    form.reset();
    startAnew();
    notice.querySelector("a").href = (await response.json()).address;
    notice.hidden = false;
    notice.focus();
  };
  window.addEventListener("pageshow", () => checkSaved().catch(() => {}));
})();
