// Passkeys need a script and a browser that knows them: only then their forms are shown. A refusal gets a sentence.
(() => {
  if (!window.PublicKeyCredential) return;
  document.querySelectorAll("[data-passkey]").forEach((part) => { part.hidden = false; });
  document.querySelectorAll("[data-no-passkey]").forEach((part) => { part.hidden = true; });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const place = document.querySelector("[data-passkey]");
    let note = document.getElementById("klucz-blad");
    if (!note) {
      note = document.createElement("div");
      note.id = "klucz-blad";
      note.className = "notice notice-late";
      note.setAttribute("role", "alert");
      place.before(note);
    }
    note.textContent = "Nie udało się użyć klucza. Spróbuj jeszcze raz albo wybierz inny sposób.";
  });
})();
