// A name opens its definition in the row below: a.term[data-unfolds]. Without a script the link opens the page with it.
(() => {
  document.addEventListener("click", (event) => {
    const term = event.target.closest("a.term[data-unfolds]");
    const row = term && document.getElementById(term.dataset.unfolds);
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    row.hidden = !row.hidden;
    term.setAttribute("aria-expanded", String(!row.hidden));
  });
})();
