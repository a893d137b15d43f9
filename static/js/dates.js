// Days and hours. What was typed becomes the day or hour that was understood when the field is left; beside a day stand
// quick choices and a calendar. Without this script the server understands the same (lubsko_ops/core/parsing.py).
(() => {
  const MONTHS = ["styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień", "wrzesień",
    "październik", "listopad", "grudzień"];
  const GENITIVE_MONTHS = ["stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września",
    "października", "listopada", "grudnia"];
  const ROMAN_MONTHS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
  const WEEKDAYS = ["poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"];
  const SHORT_WEEKDAYS = ["pn", "wt", "śr", "cz", "pt", "so", "nd"];
  const QUICK_CHOICES = {
    past: [["dziś", 0], ["wczoraj", -1]],
    near: [["dziś", 0]],
    planned: [["za tydzień", 7], ["za 2 tygodnie", 14]],
  };
  const YEARS_AHEAD = 10, DAY = 86400000, ENTERED_LATE = 60 * DAY;
  const today = document.body.dataset.today ? new Date(`${document.body.dataset.today}T00:00Z`) : null;
  if (!today) return;

  // ---- reading what was typed ----
  const makeDay = (year, month, number) => {
    const day = new Date(Date.UTC(year, month - 1, number));
    return year > 999 && day.getUTCMonth() === month - 1 && day.getUTCDate() === number ? day : null;
  };

  const monthNumber = (text) => {
    if (/^\d+$/.test(text)) return text.length < 3 ? Number(text) : 0;
    const plain = (word) => word.normalize("NFD").replace(/\p{M}/gu, "");
    const begins = (name) => text.length > 2 && plain(name).startsWith(plain(text));
    return ROMAN_MONTHS.indexOf(text) + 1 || MONTHS.findIndex((name, index) => begins(name) || begins(GENITIVE_MONTHS[index])) + 1;
  };

  const splitDigits = (digits) => {
    if (!/^(\d{4}|\d{6}|\d{8})$/.test(digits)) return [];
    if (digits.length === 8 && !/^(18|19|20|21)$/.test(digits.slice(4, 6))) return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)];
    return [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].filter(Boolean);
  };

  const fullYear = (year) => {
    const last = today.getUTCFullYear() + YEARS_AHEAD;
    return last - ((last - year) % 100);
  };

  const nearest = (number, month, kind) => {
    const year = today.getUTCFullYear(), from = today.getUTCMonth() + 1 - month || today.getUTCDate() - number;
    const before = makeDay(from < 0 ? year - 1 : year, month, number);
    const after = makeDay(from > 0 ? year + 1 : year, month, number);
    if (kind === "past" || from === 0) return before;
    if (kind === "planned") return before && today - before <= ENTERED_LATE ? before : after;
    return before && after ? (today - before <= after - today ? before : after) : before || after;
  };

  const parseDay = (typed, kind) => {
    const text = typed.trim().toLowerCase();
    if (!/^[0-9a-ząćęłńóśźż\s.,/\-\u2013]+$/.test(text)) return null;
    let parts = text.match(/\d+|\p{L}+/gu) || [];
    if (parts.length > 1 && ["r", "roku"].includes(parts.at(-1))) parts.pop();
    if (parts.length === 1) parts = splitDigits(parts[0]);
    if (parts.length === 3 && parts[0].length === 4) parts.reverse();
    if (parts.length < 2 || parts.length > 3 || !/^\d{1,2}$/.test(parts[0])) return null;
    const number = Number(parts[0]), month = monthNumber(parts[1]), year = parts[2];
    if (month < 1 || month > 12 || (year && !/^(\d{2}|\d{4})$/.test(year)) || (!year && kind === "with-year")) return null;
    if (!year) return nearest(number, month, kind);
    return makeDay(year.length === 2 ? fullYear(Number(year)) : Number(year), month, number);
  };

  const parseHour = (typed) => {
    const match = /^(\d{1,2})(?:[:.,\s]?(\d{2})(?::\d{2})?)?$/.exec(typed.trim().replace(/^godz(?:\.|ina)?\s*/i, ""));
    const hour = match && Number(match[1]), minute = match && Number(match[2] || 0);
    return match && hour < 24 && minute < 60 ? `${twoDigits(hour)}:${twoDigits(minute)}` : "";
  };

  const twoDigits = (number) => String(number).padStart(2, "0");
  const dateText = (day) => `${twoDigits(day.getUTCDate())}.${twoDigits(day.getUTCMonth() + 1)}.${day.getUTCFullYear()}`;
  const weekday = (day) => (day.getUTCDay() + 6) % 7;
  const spoken = (day) => `${day.getUTCDate()} ${GENITIVE_MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}, ${WEEKDAYS[weekday(day)]}`;

  // Before all other listeners, so that they read what was understood.
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("input[data-day], input[data-hour]") || !target.value.trim()) return;
    const day = "day" in target.dataset && parseDay(target.value, target.dataset.day);
    const understood = day ? dateText(day) : "hour" in target.dataset ? parseHour(target.value) : "";
    if (!understood || understood === target.value) return;
    target.value = understood;
    announce(day ? spoken(day) : understood);
  }, true);

  // ---- choosing ----
  const element = (tag, attributes = {}, ...content) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...content);
    return made;
  };
  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#i-${name}`);
    svg.setAttribute("class", "i");
    svg.setAttribute("aria-hidden", "true");
    svg.append(use);
    return svg;
  };

  const status = element("p", { class: "visually-hidden", role: "status" });
  document.body.append(status);
  const announce = (text) => { status.textContent = text; };

  const choose = (input, day) => {
    input.value = dateText(day);
    announce(spoken(day));
    for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
  };

  const addChoices = (input) => {
    const kind = input.dataset.day, choices = QUICK_CHOICES[kind];
    if (!choices || input.disabled || input.closest(".day")) return;
    const label = input.labels[0];
    if (label) label.id = label.id || `${input.id}_label`;
    const field = { "aria-describedby": label ? label.id : input.id };
    const opener = element("button", { type: "button", "aria-haspopup": "dialog", "aria-label": "Kalendarz", ...field }, icon("calendar3"));
    opener.addEventListener("click", () => openCalendar(input));
    const frame = element("span", { class: "day" });
    input.before(frame);
    frame.append(input, opener);
    const quick = element("span", { class: "quick", role: "group", "aria-label": "Szybki wybór", ...field });
    for (const [name, days] of choices) {
      const button = element("button", { type: "button", class: "btn btn-link" }, name);
      button.addEventListener("click", () => choose(input, new Date(today.getTime() + days * DAY)));
      quick.append(button);
    }
    frame.after(quick);
  };

  // ---- the calendar: a dialog with a grid of days, of which one takes part in the order of Tab ----
  let dialog = null, shown = today, opened = null;

  const build = () => {
    const heads = WEEKDAYS.map((name, index) => element("th", { scope: "col", abbr: name }, SHORT_WEEKDAYS[index]));
    const step = (name, months) => {
      const button = element("button", { type: "button", "aria-label": name }, icon("chevron-down"));
      button.addEventListener("click", () => draw(addMonths(shown, months)));
      return button;
    };
    const cancel = element("button", { type: "button", class: "btn btn-link" }, "Anuluj");
    cancel.addEventListener("click", () => dialog.close());
    const title = element("h2", { id: "kalendarz-miesiac", "aria-live": "polite" });
    dialog = element("dialog", { class: "calendar", "aria-labelledby": title.id },
      element("div", { class: "calendar-head" }, step("Poprzedni miesiąc", -1), title, step("Następny miesiąc", 1)),
      element("table", { role: "grid", "aria-labelledby": title.id },
        element("thead", {}, element("tr", {}, ...heads)), element("tbody")),
      cancel);
    dialog.addEventListener("click", (event) => {
      const button = event.target.closest("[data-date]");
      if (event.target === dialog) dialog.close();
      if (!button) return;
      const input = opened;
      dialog.close();
      choose(input, new Date(Number(button.dataset.date)));
    });
    dialog.querySelector("tbody").addEventListener("keydown", moved);
    document.body.append(dialog);
  };

  const addMonths = (day, months) => {
    const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0));
    return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(day.getUTCDate(), last.getUTCDate())));
  };

  const draw = (day) => {
    shown = day;
    const chosen = parseDay(opened.value, opened.dataset.day);
    const month = day.getUTCMonth(), first = new Date(Date.UTC(day.getUTCFullYear(), month, 1)), rows = [];
    for (let monday = first - weekday(first) * DAY; new Date(monday) <= addMonths(first, 1) - DAY; monday += 7 * DAY) {
      rows.push(element("tr", {}, ...WEEKDAYS.map((_, index) => {
        const each = new Date(monday + index * DAY);
        if (each.getUTCMonth() !== month) return element("td");
        const button = element("button", { type: "button", tabindex: +each === +day ? 0 : -1, "data-date": +each, "aria-label": spoken(each) }, each.getUTCDate());
        if (+each === +today) button.setAttribute("aria-current", "date");
        return element("td", { "aria-selected": Boolean(chosen && +each === +chosen) }, button);
      })));
    }
    dialog.querySelector("tbody").replaceChildren(...rows);
    dialog.querySelector("h2").textContent = `${MONTHS[month]} ${day.getUTCFullYear()}`;
  };

  const openCalendar = (input) => {
    if (!dialog) build();
    opened = input;
    draw(parseDay(input.value, input.dataset.day) || today);
    dialog.showModal();
    dialog.querySelector("[tabindex='0']").focus();
  };

  const moved = (event) => {
    const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: -weekday(shown), End: 6 - weekday(shown) }[event.key];
    const months = { PageUp: -1, PageDown: 1 }[event.key];
    if (days === undefined && !months) return;
    event.preventDefault();
    draw(months ? addMonths(shown, event.shiftKey ? 12 * months : months) : new Date(shown.getTime() + days * DAY));
    dialog.querySelector("[tabindex='0']").focus();
  };

  const prepare = (part) => part.querySelectorAll("input[data-day]").forEach(addChoices);
  prepare(document);
  document.addEventListener("ops:row", ({ target }) => prepare(target));
})();
