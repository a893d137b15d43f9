// Ticks the adults of the last visit in place. Without this script the same button does it on the server.
(() => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tick]");
    if (!button) return;
    event.preventDefault();
    for (const id of button.dataset.tick.split(" ")) {
      const box = button.form.querySelector(`[name="present"][value="${id}"]`);
      if (box && !box.checked) box.click();
    }
  });
})();
