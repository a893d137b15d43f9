// On a narrow screen the pages of a file scroll sideways: the page one is on comes into view by itself.
(() => {
  const here = document.querySelector(".subnav [aria-current]");
  const row = here && here.closest(".subnav");
  if (row) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
})();
