// Whoever logs out leaves none of their unsaved text on a machine that others use, too.
export function forgetAtLogOut(root) {
  root.querySelector("#logout-form")?.addEventListener("submit", () => {
    const keys = Array.from({ length: localStorage.length }, (_each, index) => localStorage.key(index));
    for (const key of keys) if (key.startsWith("press-office:text:")) localStorage.removeItem(key);
  });
}
