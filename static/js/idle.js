// The login session ends after a time without work. Five minutes before, the person is asked; at the end drafts are
// saved and the login page opens. Tabs of one browser share the time of the last work.
(() => {
  const { idleSeconds, stayUrl, loginUrl, logoutUrl } = document.body.dataset;
  const whole = Number(idleSeconds) * 1000, early = Math.min(5 * 60000, whole / 2), NAME = "ops-praca";
  if (!whole || !stayUrl) return;
  let dialog = null, asked = null;

  const remember = () => { try { localStorage.setItem(NAME, Date.now()); } catch { /* private window */ } own = Date.now(); };
  let own = Date.now();
  const last = () => {
    let shared = 0;
    try { shared = Number(localStorage.getItem(NAME)); } catch { /* private window */ }
    return Math.max(own, shared || 0);
  };

  const close = () => {
    if (!dialog) return;
    dialog.close();
    dialog.remove();
    dialog = null;
    if (asked && asked.isConnected) asked.focus();
  };

  const post = (address) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    return fetch(address, {
      method: "POST", redirect: "manual", headers: { "X-CSRFToken": token ? token.value : "" },
    });
  };

  const stay = async () => {
    try {
      const answer = await post(stayUrl);
      if (answer.ok) { remember(); close(); } else leave();
    } catch { /* no network: the dialog stays, the draft script says why */ }
  };

  // The server would wait some minutes longer, and the draft saved just now counts as work: so log out here.
  const leave = () => {
    clearInterval(ticking);
    document.dispatchEvent(new Event("ops:flush"));
    setTimeout(async () => {
      try { await post(logoutUrl); } catch { /* no network: the server ends the session by itself */ }
      location.assign(`${loginUrl}?next=${encodeURIComponent(location.pathname + location.search)}`);
    }, 1500);
  };

  const ask = () => {
    asked = document.activeElement;
    dialog = document.createElement("dialog");
    dialog.className = "ask";
    dialog.setAttribute("aria-labelledby", "pytanie-o-prace");
    const title = document.createElement("h2");
    title.id = "pytanie-o-prace";
    title.textContent = early === 5 * 60000 ? "Za 5 minut bez pracy wylogujemy Cię" : "Za chwilę bez pracy wylogujemy Cię";
    const words = document.createElement("p");
    words.textContent = "Szkice są zapisane i zaczekają po zalogowaniu.";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-primary";
    button.textContent = "Pracuję dalej";
    button.addEventListener("click", stay);
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });
    dialog.append(title, words, button);
    document.body.append(dialog);
    dialog.showModal();
  };

  const tick = () => {
    const idle = Date.now() - last();
    if (idle >= whole) leave();
    else if (idle >= whole - early && !dialog) ask();
    else if (idle < whole - early) close();
  };

  remember();
  document.addEventListener("ops:work", remember);
  document.addEventListener("htmx:after:request", remember);
  const ticking = setInterval(tick, 5000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
})();
