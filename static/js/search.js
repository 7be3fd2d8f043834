// Titles under a search box while somebody types. Without it the box sends the same words.
const PAUSE = 180; // milliseconds without a key before the site is asked
const SHORTEST = 2;

for (const box of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${box.id}-titles`;
  box.after(list);
  box.setAttribute("list", list.id);
  let asked = "";
  let timer;
  let running;

  const ask = async () => {
    const words = box.value.trim();
    if (words.length < SHORTEST || words === asked) return;
    asked = words;
    running?.abort();
    running = new AbortController();
    try {
      const address = `${box.dataset.suggest}?${new URLSearchParams({ q: words })}`;
      const response = await fetch(address, { signal: running.signal });
      if (!response.ok) return;
      const { suggestions } = await response.json();
      list.replaceChildren(
        ...suggestions.map((title) => Object.assign(document.createElement("option"), { value: title })),
      );
    } catch {
      // Offline, or the next letter came first: the box works as it is.
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}
