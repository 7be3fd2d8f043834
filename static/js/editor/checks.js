// After the text has saved itself, what is told of it is told anew: how it stands, and what to look at.
const parts = (page) => page.querySelectorAll("[data-told]")

async function tellAnew() {
  let answer
  try {
    // The same window asks: it is no second one.
    const name = document.querySelector("[data-window]")?.dataset.window ?? ""
    answer = await fetch(location.pathname, { headers: { Accept: "text/html", "X-Window": name } })
  } catch {
    return // Without a line the page keeps what it said; autosave.js says that the line is broken.
  }
  if (!answer.ok || answer.redirected) return
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const fresh = new Map([...parts(page)].map((each) => [each.dataset.told, each]))
  for (const each of parts(document)) {
    const now = fresh.get(each.dataset.told)
    // Whoever is reading it with the keyboard is not thrown out of it.
    if (now && !each.contains(document.activeElement)) each.replaceChildren(...now.childNodes)
  }
}

document.querySelector("form[data-autosave]")?.addEventListener("edition:saved", tellAnew)
