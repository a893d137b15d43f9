// The look of the page follows that of the system (html[data-look=system]), unless the person chose one. Loaded before
// anything is drawn, so that nothing flashes. The switch offers the other look.
(() => {
  const page = document.documentElement;
  if (page.dataset.look !== "system") return;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    page.dataset.bsTheme = system.matches ? "dark" : "light";
    for (const button of document.querySelectorAll("[data-other-look]")) {
      button.value = system.matches ? "light" : "dark";
      button.textContent = system.matches ? "Jasny wygląd" : "Ciemny wygląd";
    }
  };
  follow();
  system.addEventListener("change", follow);
  document.addEventListener("DOMContentLoaded", follow);
})();
