// A double click sends a form once: a second statement would stay for good.
const WHILE = 2000; // milliseconds; longer would keep whoever stayed on the page from trying again

export function sendOnce(root) {
  const sent = new WeakMap();
  root.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    const now = Date.now();
    if (now - (sent.get(event.target) ?? -WHILE) < WHILE) event.preventDefault();
    else sent.set(event.target, now);
  });
}
