// A person added to a new family begins with the surname of the person before, and as a child after a child or after
// both parents; the surname follows the sex (Kowalska, Kowalski) until somebody types another. Without this script
// the server carries the same over when the row is added.
(() => {
  const CHILDREN = ["child", "stepchild", "grandchild"];
  const SEX = { mother: "female", stepmother: "female", father: "male", stepfather: "male" };
  const named = (row, name) => row.querySelector(`[name$="-${name}"]`);

  document.addEventListener("ops:row", ({ target: row }) => {
    if (!named(row, "kinship")) return;
    const rows = [...row.parentElement.querySelectorAll(":scope > [data-row]:not([hidden])")];
    const before = rows[rows.indexOf(row) - 1];
    if (!before) return;
    const kinship = named(before, "kinship").value, all = rows.map((each) => named(each, "kinship").value);
    const parents = all.includes("mother") && all.includes("father");
    const surname = named(row, "last_name");
    surname.value = named(before, "last_name").value;
    surname.dataset.carried = surname.value;
    named(row, "kinship").value = CHILDREN.includes(kinship) ? kinship : parents ? "child" : "";
  });

  document.addEventListener("change", ({ target }) => {
    const row = target.closest(".people-rows [data-row]");
    const sex = target.name?.endsWith("-sex") ? target.value : target.name?.endsWith("-kinship") ? SEX[target.value] : "";
    const surname = row && sex && named(row, "last_name");
    if (!surname || !surname.value || surname.value !== surname.dataset.carried) return;
    const [from, to] = sex === "male" ? ["a", "i"] : ["i", "a"];
    surname.value = surname.value.replace(new RegExp(`(?<=[sc]k|dzk)${from}(?=$|-)`, "g"), to);
    surname.dataset.carried = surname.value;
  });
})();
