// The browser asks before it leaves a form in which something was written and not saved.
export function warnOfUnsaved(root) {
  const form = root.querySelector("#content-main > form[id$=_form], .writing__main > form[id$=_form]");
  if (!form || root.body.matches(".popup")) return;
  let isDirty = root.querySelector(".errornote, .errorlist, .conflict") !== null;
  const dirty = (event) => {
    if (event.isTrusted || event.type === "change") isDirty = true;
  };
  form.addEventListener("input", dirty);
  form.addEventListener("change", dirty);
  for (const done of ["submit", "edition:saved"]) {
    form.addEventListener(done, () => {
      isDirty = false;
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (isDirty) event.preventDefault();
  });
}
