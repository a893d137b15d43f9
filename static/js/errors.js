// The error summary takes the focus, so does the notice of somebody else's change; links of the summary put the
// cursor into the control, also of a group of choices.
(() => {
  const summary = document.querySelector("[data-focus], .errors[role=alert]:not(.spec *)"); // not the gallery's samples
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const control = target.matches("input, select, textarea") ? target
      : target.querySelector("input:not([type=hidden]), select, textarea");
    const shown = (control && (control.closest(".field") || control.closest("label"))) || target;
    shown.scrollIntoView({ block: "start" });
    (control || target).focus({ preventScroll: true });
  });
})();
