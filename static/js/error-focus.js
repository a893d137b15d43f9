// Puts the message about what was saved beside the part it is about and focuses it. Focuses the error summary or another
// notice above the form; links of the summary focus the control they name, also in a group of choices or inside a closed
// <details>.
(() => {
  const notice = document.querySelector("[data-beside]");
  const part = notice && document.getElementById(notice.dataset.beside);
  if (!part) return;
  if (part.matches("h2")) (part.closest(".sec-head") || part).after(notice);
  else part.prepend(notice);
  // After the browser has gone to the part named in the address, which takes the focus away.
  window.addEventListener("load", () => setTimeout(() => {
    notice.focus({ preventScroll: true });
    part.scrollIntoView({ block: "start" });
  }));
})();

(() => {
  const summary = document.querySelector("[data-focus], .errors[role=alert]:not(.spec *)"); // not samples of the gallery
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    for (let details = target.closest("details"); details; details = details.parentElement.closest("details")) details.open = true;
    const control = target.matches("input, select, textarea") ? target
      : target.querySelector("input:not([type=hidden]), select, textarea");
    const field = (control && (control.closest(".field") || control.closest("label"))) || target;
    field.scrollIntoView({ block: "start" });
    (control || target).focus({ preventScroll: true });
  });
})();
