// PESEL while it is typed: a right number fills the day of birth and the sex where they are empty; a wrong one
// says so under the field. Without this script the server does both on saving, in the same words.
(() => {
  const WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];
  const CENTURIES = { 8: 1800, 0: 1900, 2: 2000, 4: 2100, 6: 2200 };
  const two = (number) => String(number).padStart(2, "0");

  const read = (digits) => {
    const sum = WEIGHTS.reduce((all, weight, place) => all + weight * Number(digits[place]), 0);
    const tens = Number(digits[2]), even = tens - (tens % 2);
    const year = CENTURIES[even] + Number(digits.slice(0, 2));
    const month = Number(digits.slice(2, 4)) - even * 10, day = Number(digits.slice(4, 6));
    const born = new Date(Date.UTC(year, month - 1, day));
    const real = born.getUTCFullYear() === year && born.getUTCMonth() === month - 1 && born.getUTCDate() === day;
    if (sum % 10 || !real) return null;
    return { born: `${two(day)}.${two(month)}.${year}`, sex: Number(digits[9]) % 2 ? "male" : "female" };
  };

  const wrong = (typed, left) => {
    if (/\D/.test(typed)) return "PESEL składa się z samych cyfr.";
    if (typed.length > 11 || (left && typed && typed.length < 11)) return "PESEL ma 11 cyfr. Sprawdź, czy żadnej nie brakuje.";
    return typed.length === 11 && !read(typed) ? "Ten PESEL ma błąd w cyfrach. Przepisz go jeszcze raz z dokumentu." : "";
  };

  const say = (field, words) => {
    const id = `${field.id}_said`;
    let place = document.getElementById(id);
    if (!place) {
      place = document.createElement("p");
      place.id = id;
      place.className = "error under";
      place.setAttribute("role", "status");
      field.after(place);
      field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${id}`.trim());
    }
    if (place.textContent !== words) place.textContent = words;
  };

  const tell = (control, value) => {
    if (value === undefined) control.checked = true;
    else control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const look = (field, left) => {
    const typed = field.value.replace(/[\s-]/g, "");
    say(field, wrong(typed, left));
    const found = typed.length === 11 && /^\d+$/.test(typed) && read(typed);
    if (!found) return;
    const named = (name) => [...field.form.elements].filter((each) => each.name === field.name.replace(/pesel$/, name));
    const [born] = named("born_on"), sexes = named("sex");
    if (born && !born.value) tell(born, found.born);
    const sex = sexes.find((each) => each.value === found.sex);
    if (sex && !sexes.some((each) => each.checked)) tell(sex);
  };

  document.addEventListener("input", (event) => { if (event.target.matches("[data-pesel]")) look(event.target, false); });
  document.addEventListener("focusout", (event) => { if (event.target.matches("[data-pesel]")) look(event.target, true); });
})();
