// Drafts: what is typed is on the server a few seconds later. form[data-draft-url], #stan-szkicu shows the state.
(() => {
  const AFTER = 3000, AT_MOST = 10000, LONGEST_PAUSE = 60000, BUSY = 4000;

  const start = (form) => {
    const note = form.querySelector("#stan-szkicu");
    const token = () => form.querySelector("[name=csrfmiddlewaretoken]");
    let dirty = false, failed = false, sent = false, running = false;
    let timer = 0, first = 0, pause = AFTER, round = 0, call = null;

    const say = (words, icon) => {
      if (!note || note.textContent === words) return;
      note.textContent = words;
      if (icon) {
        const picture = document.querySelector(`#${icon}`);
        if (!picture) return;
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

    const later = (wait) => {
      clearTimeout(timer);
      timer = setTimeout(save, wait);
    };

    const save = async () => {
      if (!dirty || sent || running) return;
      running = true;
      clearTimeout(timer);
      const mine = round;
      first = 0;
      call = new AbortController();
      try {
        const answer = await fetch(form.dataset.draftUrl, {
          method: "POST", body: content(), redirect: "manual", signal: call.signal,
          headers: { "X-CSRFToken": token().value },
        });
        if (sent) return;
        if (answer.ok) {
          const { saved_at: at, csrf } = await answer.json();
          if (csrf) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((f) => { f.value = csrf; });
          dirty = mine !== round;
          failed = false;
          pause = AFTER;
          say(`Szkic zapisany ${at}`, "i-check-lg");
          document.dispatchEvent(new Event("ops:work"));
        } else if (answer.status === 410 && !form.dispatchEvent(new Event("ops:gone", { cancelable: true }))) {
          pause = AFTER;
        } else if (answer.status === 410) {
          failed = true;
          say("Ten formularz jest już zapisany. Zmiany zapisz jeszcze raz.", "i-exclamation-triangle-fill");
        } else if (answer.status === 413) {
          failed = true;
          say("Ten tekst jest za długi na szkic. Zapisz formularz.", "i-exclamation-triangle-fill");
        } else if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") {
          failed = true;
          say("Sesja wygasła. Zaloguj się w nowej karcie; tekst zostaje tutaj.", "i-exclamation-triangle-fill");
        } else throw new Error(answer.status);
      } catch {
        if (sent) return;
        failed = true;
        pause = Math.min(pause * 2, LONGEST_PAUSE);
        say("Brak połączenia. Spróbujemy za chwilę.", "i-exclamation-triangle-fill");
        later(pause);
      } finally {
        running = false;
      }
      if (dirty && !failed) later(AFTER);
    };

    const changed = () => {
      if (sent) return;
      dirty = true;
      round += 1;
      first = first || Date.now();
      later(Math.max(0, Math.min(AFTER, first + AT_MOST - Date.now())));
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
      dirty = false;  // what is being sent carries everything; a late draft would outlive the deed
      clearTimeout(timer);
      if (call) call.abort();
      form.setAttribute("aria-busy", "true");
      setTimeout(free, BUSY);
    });
    // Never for ever: after a few seconds, and when the page comes back from the browser's memory, it can be sent.
    const free = () => { sent = false; form.removeAttribute("aria-busy"); };
    window.addEventListener("pageshow", (event) => { if (event.persisted) free(); });
  };

  document.querySelectorAll("form[data-draft-url]").forEach(start);
})();
