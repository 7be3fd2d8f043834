// The browser's own button speaks the browser's language: ours speaks that of the page. The field stays, for keys.
export function chooseFiles(root) {
  const words = root.querySelector("[data-choose-file]")?.dataset;
  if (!words) return;
  for (const input of root.querySelectorAll('input[type="file"]')) {
    if (!input.id) continue;
    const label = Object.assign(document.createElement("label"), {
      htmlFor: input.id,
      className: "button file-choice",
      textContent: input.multiple ? words.chooseFiles : words.chooseFile,
    });
    const names = Object.assign(document.createElement("span"), { className: "file-choice__names" });
    const show = () => {
      names.textContent = [...input.files].map(({ name }) => name).join(", ");
    };
    input.classList.add("visually-hidden");
    input.after(label, names);
    input.addEventListener("change", show);
    show();
  }
}
