// A list that is narrowed down in place. Without it, or when anything goes wrong, the form and the links
// lead to the very same pages.
const form = document.querySelector("form[data-filters]");
const PAUSE = 150; // milliseconds: somebody who walks through a list of choices asks once
const HEAD = 'link[rel="canonical"], link[rel="alternate"], meta[name="robots"], meta[name="description"]';

let shown = location.pathname + location.search;
let running;
let timer;

const addressOf = () => {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
  const address = new URL(form.action);
  address.search = query.toString();
  return address;
};

const takeOver = (next) => {
  document.title = next.title;
  for (const old of document.head.querySelectorAll(HEAD)) old.remove();
  document.head.append(...next.head.querySelectorAll(HEAD));
  for (const fresh of next.querySelectorAll("[data-live]")) {
    document.querySelector(`[data-live="${fresh.dataset.live}"]`)?.replaceWith(fresh);
  }
  // The fields themselves stay, and with them the focus: only what they offer changes.
  for (const field of next.querySelectorAll("form[data-filters] select")) {
    const value = field.value;
    const here = form.elements[field.name];
    here.replaceChildren(...field.children);
    here.value = value; // options that move bring along no choice
  }
};

const show = async (address, { keep = true, focus = false } = {}) => {
  clearTimeout(timer);
  running?.abort();
  const asked = (running = new AbortController());
  const results = document.querySelector('[data-live="results"]');
  results.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal: asked.signal });
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    if (asked !== running) return;
    if (!next.querySelector('[data-live="results"]')) throw new Error(`${address} is no list`);
    takeOver(next);
    shown = address.pathname + address.search;
    if (keep) history.pushState({}, "", address);
    if (focus) document.querySelector("[data-results-head]")?.focus();
    form.querySelector("[data-filters-said]").textContent =
      document.querySelector("[data-results-count]").textContent;
  } catch (error) {
    if (error.name === "AbortError") return;
    location.assign(address);
  }
};

if (form && document.querySelector('[data-live="results"]')) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(addressOf(), { focus: true });
  });

  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(() => show(addressOf()), PAUSE);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-filter-link]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(new URL(link.href), { focus: true });
  });

  addEventListener("popstate", () => {
    // A step to another place on the same page is none to another list.
    if (location.pathname + location.search !== shown) show(new URL(location.href), { keep: false });
  });
}
