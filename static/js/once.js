// Back to a form that was sent: the page comes anew, with a new key, while the browser puts the old text back.
// form[data-once] then takes the key it was sent with, so that the server knows it is the same form.
(() => {
  const form = document.querySelector("form[data-once]");
  const key = form && form.querySelector("[name=_key]");
  if (!key) return;
  const place = `sent:${location.pathname}`;
  const [arrival] = performance.getEntriesByType("navigation");
  if (arrival && arrival.type === "back_forward" && sessionStorage.getItem(place)) {
    key.value = sessionStorage.getItem(place);
  }
  form.addEventListener("submit", () => sessionStorage.setItem(place, key.value));
})();
