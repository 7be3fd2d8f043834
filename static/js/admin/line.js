// A form that is sent without a line leaves the page to the browser's error: here it stays, and says why.
const LONGEST = 5000; // milliseconds until a slow line is taken for one

// Whether the site answers, where the writing page has met silence before (autosave.js, presence.js).
async function answers(address) {
  try {
    const { status } = await fetch(address, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(LONGEST) });
    return status < 500;
  } catch (error) {
    return error.name === "TimeoutError";
  }
}

export function staysWithoutLine(root) {
  const told = root.querySelector("[data-no-line]");
  if (!told) return;
  const asking = new WeakSet();
  const asked = new WeakSet();
  const tell = (form) => {
    told.textContent = "keptAs" in form.dataset ? told.dataset.noLineKept : told.dataset.noLine;
    told.hidden = false;
  };
  // Before all others: what is not sent counts as not sent for them as well.
  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const send = async (form, submitter) => {
    asking.add(form);
    const isThere = await answers(form.dataset.keptAs);
    asking.delete(form);
    if (!isThere) return tell(form);
    asked.add(form);
    form.requestSubmit(submitter);
  };
  root.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.method !== "post" || asked.delete(form)) return;
      told.hidden = true;
      if (!navigator.onLine) {
        stop(event);
        tell(form);
      } else if ("unanswered" in form.dataset) {
        stop(event);
        if (!asking.has(form)) send(form, event.submitter);
      }
    },
    { capture: true },
  );
  window.addEventListener("online", () => {
    told.hidden = true;
  });
}
