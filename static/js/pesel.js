// Checks a PESEL while it is typed: a valid number fills an empty date of birth and sex, an invalid one shows an error
// under the field. Without this script the server does both on saving, with the same messages.
(() => {
  const WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];
  const CENTURIES = { 8: 1800, 0: 1900, 2: 2000, 4: 2100, 6: 2200 };
  const twoDigits = (number) => String(number).padStart(2, "0");

  const parse = (digits) => {
    const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
    const tens = Number(digits[2]), century = tens - (tens % 2);
    const year = CENTURIES[century] + Number(digits.slice(0, 2));
    const month = Number(digits.slice(2, 4)) - century * 10, day = Number(digits.slice(4, 6));
    const born = new Date(Date.UTC(year, month - 1, day));
    const exists = born.getUTCFullYear() === year && born.getUTCMonth() === month - 1 && born.getUTCDate() === day;
    if (sum % 10 || !exists) return null;
    return { born: `${twoDigits(day)}.${twoDigits(month)}.${year}`, sex: Number(digits[9]) % 2 ? "male" : "female" };
  };

  const errorOf = (typed, left) => {
    if (/\D/.test(typed)) return "PESEL składa się z samych cyfr.";
    if (typed.length > 11 || (left && typed && typed.length < 11)) return "PESEL ma 11 cyfr. Sprawdź, czy żadnej nie brakuje.";
    return typed.length === 11 && !parse(typed) ? "Ten PESEL ma błąd w cyfrach. Przepisz go jeszcze raz z dokumentu." : "";
  };

  const showError = (field, message) => {
    const id = `${field.id}_pesel_error`;
    let element = document.getElementById(id);
    if (!element) {
      element = document.createElement("p");
      element.id = id;
      element.className = "error under";
      element.setAttribute("role", "status");
      field.after(element);
      field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${id}`.trim());
    }
    if (element.textContent !== message) element.textContent = message;
  };

  const fill = (control, value) => {
    if (value === undefined) control.checked = true;
    else control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const check = (field, left) => {
    const typed = field.value.replace(/[\s-]/g, "");
    showError(field, errorOf(typed, left));
    const parsed = typed.length === 11 && /^\d+$/.test(typed) && parse(typed);
    if (!parsed) return;
    const controls = (name) => [...field.form.elements].filter((control) => control.name === field.name.replace(/pesel$/, name));
    const [born] = controls("born_on"), sexes = controls("sex");
    if (born && !born.value) fill(born, parsed.born);
    const sex = sexes.find((radio) => radio.value === parsed.sex);
    if (sex && !sexes.some((radio) => radio.checked)) fill(sex);
  };

  document.addEventListener("input", (event) => { if (event.target.matches("[data-pesel]")) check(event.target, false); });
  document.addEventListener("focusout", (event) => { if (event.target.matches("[data-pesel]")) check(event.target, true); });
})();
