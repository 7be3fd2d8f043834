// Two texts of one field: which of them stands in the form is chosen field by field. Saving is still a step.
const form = document.querySelector("#edition_form")

for (const choice of document.querySelectorAll("[data-conflict]")) {
  const field = form?.elements[choice.dataset.conflict]
  if (!field) continue
  const saved = choice.querySelector("[data-saved-value]").value
  const take = choice.querySelector("[data-take-saved]")
  const keep = choice.querySelector("[data-keep-mine]")
  let mine = field.value
  const put = (value, isSaved) => {
    if (isSaved && take.ariaPressed === "false") mine = field.value
    field.value = value
    // The editor of the text reads its field anew; the copy in the browser follows.
    field.dispatchEvent(new Event("editor:read"))
    field.dispatchEvent(new Event("input", { bubbles: true }))
    field.dispatchEvent(new Event("change", { bubbles: true }))
    take.ariaPressed = String(isSaved)
    keep.ariaPressed = String(!isSaved)
  }
  take.addEventListener("click", () => put(saved, true))
  keep.addEventListener("click", () => put(mine, false))
  choice.hidden = false
}
