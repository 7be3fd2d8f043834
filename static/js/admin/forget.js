// Whoever logs out leaves none of their unsaved text on a machine that others use, too.
export function forgetAtLogOut(root) {
  const forget = () => {
    const keys = Array.from({ length: localStorage.length }, (_each, index) => localStorage.key(index));
    for (const key of keys) if (key.startsWith("press-office:text:")) localStorage.removeItem(key);
  };
  for (const form of root.querySelectorAll("#logout-form, [data-log-out]")) form.addEventListener("submit", forget);
}
