// Hands the page on by the system's own sheet, or copies its address. Nobody else is told.
const LONG_ENOUGH_TO_READ = 3000; // milliseconds

for (const row of document.querySelectorAll("[data-share-page]")) {
  const { sharePage: url, title } = row.dataset;
  const send = row.querySelector("[data-share-send]");
  const copy = row.querySelector("[data-share-copy]");
  const status = row.querySelector("[role=status]");
  const label = copy.textContent;

  send.hidden = !navigator.share;
  send.addEventListener("click", () => {
    // A reader who closes the system's sheet has shared nothing, and needs no message.
    navigator.share({ title, url }).catch(() => {});
  });

  // Only a secure page may write to the clipboard.
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    let said = copy.dataset.done;
    try {
      await navigator.clipboard.writeText(url);
    } catch {
      said = copy.dataset.failed;
    }
    copy.textContent = said;
    status.textContent = said;
    setTimeout(() => {
      copy.textContent = label;
      status.textContent = "";
    }, LONG_ENOUGH_TO_READ);
  });

  row.hidden = send.hidden && copy.hidden;
}
