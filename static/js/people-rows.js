// Prefills a person row added to a new family: the surname of the previous person, and "child" after a child or after
// both parents. The surname follows the sex (Kowalska, Kowalski) until the user edits it. Without this script the
// server prefills the same values when it adds the row.
(() => {
  const CHILDREN = ["child", "stepchild", "grandchild"];
  const SEX_BY_KINSHIP = { mother: "female", stepmother: "female", father: "male", stepfather: "male" };
  const control = (row, name) => row.querySelector(`[name$="-${name}"]`);

  document.addEventListener("ops:row", ({ target: row }) => {
    if (!control(row, "kinship")) return;
    const rows = [...row.parentElement.querySelectorAll(":scope > [data-row]:not([hidden])")];
    const before = rows[rows.indexOf(row) - 1];
    if (!before) return;
    const previous = control(before, "kinship").value;
    const kinships = rows.map((other) => control(other, "kinship").value);
    const bothParents = kinships.includes("mother") && kinships.includes("father");
    const surname = control(row, "last_name");
    surname.value = control(before, "last_name").value;
    surname.dataset.prefilled = surname.value;
    control(row, "kinship").value = CHILDREN.includes(previous) ? previous : bothParents ? "child" : "";
  });

  document.addEventListener("change", ({ target }) => {
    const row = target.closest(".people-rows [data-row]");
    const sex = target.name?.endsWith("-sex") ? target.value : target.name?.endsWith("-kinship") ? SEX_BY_KINSHIP[target.value] : "";
    const surname = row && sex && control(row, "last_name");
    if (!surname || !surname.value || surname.value !== surname.dataset.prefilled) return;
    const [from, to] = sex === "male" ? ["a", "i"] : ["i", "a"];
    surname.value = surname.value.replace(new RegExp(`(?<=[sc]k|dzk)${from}(?=$|-)`, "g"), to);
    surname.dataset.prefilled = surname.value;
  });
})();
