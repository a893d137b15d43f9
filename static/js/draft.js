// Autosave: sends the form to form[data-draft-url] a few seconds after a change; #stan-szkicu shows the state.
(() => {
  const DELAY = 3000, MAX_DELAY = 10000, MAX_RETRY_DELAY = 60000, BUSY = 4000; // milliseconds

  const start = (form) => {
    const note = form.querySelector("#stan-szkicu");
    const token = () => form.querySelector("[name=csrfmiddlewaretoken]");
    let dirty = false, failed = false, sent = false, running = false;
    let timer = 0, first = 0, retryDelay = DELAY, revision = 0, call = null;

    // "|" encloses words that are left out on a phone.
    const showStatus = (text, icon) => {
      const [before, more = "", after = ""] = text.split("|");
      if (!note || note.textContent === before + more + after) return;
      const span = document.createElement("span");
      span.className = "more";
      span.textContent = more;
      note.replaceChildren(before, span, after);
      if (icon) {
        if (!document.querySelector(`#${icon}`)) return;
        const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
        const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
        svg.setAttribute("class", "i");
        svg.setAttribute("aria-hidden", "true");
        use.setAttribute("href", `#${icon}`);
        svg.append(use);
        note.prepend(svg);
      }
    };

    const content = () => {
      const data = new FormData(form);
      data.set("_address", location.pathname);
      return data;
    };

    const schedule = (wait) => {
      clearTimeout(timer);
      timer = setTimeout(save, wait);
    };

    const save = async () => {
      if (!dirty || sent || running) return;
      running = true;
      clearTimeout(timer);
      const savedRevision = revision;
      first = 0;
      call = new AbortController();
      try {
        const response = await fetch(form.dataset.draftUrl, {
          method: "POST", body: content(), redirect: "manual", signal: call.signal,
          headers: { "X-CSRFToken": token().value },
        });
        if (sent) return;
        if (response.ok) {
          const { saved_at: at, csrf } = await response.json();
          if (csrf) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((f) => { f.value = csrf; });
          dirty = savedRevision !== revision;
          failed = false;
          retryDelay = DELAY;
          showStatus(`Szkic| zapisany| ${at}`, "i-check-lg");
          document.dispatchEvent(new Event("ops:work"));
        } else if (response.status === 410 && !form.dispatchEvent(new Event("ops:gone", { cancelable: true }))) {
          retryDelay = DELAY;
        } else if (response.status === 410) {
          failed = true;
          showStatus("Ten formularz jest już zapisany. Zmiany zapisz jeszcze raz.", "i-exclamation-triangle-fill");
        } else if (response.status === 413) {
          failed = true;
          showStatus("Ten tekst jest za długi na szkic. Zapisz formularz.", "i-exclamation-triangle-fill");
        } else if (response.status === 401 || response.status === 403 || response.type === "opaqueredirect") {
          failed = true;
          showStatus("Sesja wygasła. Zaloguj się w nowej karcie; tekst zostaje tutaj.", "i-exclamation-triangle-fill");
        } else throw new Error(response.status);
      } catch {
        if (sent) return;
        failed = true;
        retryDelay = Math.min(retryDelay * 2, MAX_RETRY_DELAY);
        showStatus("Brak połączenia. Spróbujemy za chwilę.", "i-exclamation-triangle-fill");
        schedule(retryDelay);
      } finally {
        running = false;
      }
      if (dirty && !failed) schedule(DELAY);
    };

    const changed = () => {
      if (sent) return;
      dirty = true;
      revision += 1;
      first = first || Date.now();
      schedule(Math.max(0, Math.min(DELAY, first + MAX_DELAY - Date.now())));
    };

    const flush = () => {
      if (!dirty || sent) return;
      const data = content();
      if (navigator.sendBeacon) navigator.sendBeacon(form.dataset.draftUrl, data);
    };

    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.querySelectorAll("[data-draft-button]").forEach((button) => { button.hidden = true; });
    window.addEventListener("pagehide", flush);
    document.addEventListener("ops:flush", save);
    window.addEventListener("beforeunload", (event) => { if (dirty && failed && !sent) event.preventDefault(); });
    form.addEventListener("submit", (event) => {
      if (sent) return void event.preventDefault();
      sent = true;
      dirty = false;  // the form being sent holds everything; a late draft would outlive the saving
      clearTimeout(timer);
      if (call) call.abort();
      form.setAttribute("aria-busy", "true");
      setTimeout(release, BUSY);
    });
    // The form can be sent again after a few seconds and when the page returns from the back/forward cache.
    const release = () => { sent = false; form.removeAttribute("aria-busy"); };
    window.addEventListener("pageshow", (event) => { if (event.persisted) release(); });
  };

  document.querySelectorAll("form[data-draft-url]").forEach(start);
})();
