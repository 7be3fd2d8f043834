// Copy words with their source and an address that leads to them, or share them.
// Without it the text is there to be read and copied as ever.
import { bare, quoted } from "./quoted-words.js";

const text = document.querySelector("[data-quotable]");
const { citation, source, speaker, address } = text.closest("[data-citation]").dataset;
const template = document.querySelector("#quoting").content.firstElementChild;
const status = document.querySelector("[data-quoting-status]");
const { lang: language } = text.closest("[lang]");
const LETTER = /[\p{L}\p{N}]/u;
const LONGEST = 10; // words that an address names one by one; of more it names the first and last four
const MARGIN = 8; // pixels between the words and the buttons

const plain = (words) => words.replace(/\u00ad/g, "").replace(/\s+/gu, " ").trim();

// https://wicg.github.io/scroll-to-text-fragment/
const addressOf = (words) => {
  const all = words.split(" ");
  const ends = all.length > LONGEST ? [all.slice(0, 4), all.slice(-4)] : [all];
  const named = ends.map((each) => encodeURIComponent(each.join(" ")).replaceAll("-", "%2D"));
  return `${address}#:~:text=${named.join(",")}`;
};

const quoteOf = (words) => {
  const { text, found } = quoted(words, { language, citation, source, speaker });
  return { text: text.replaceAll("\u2011", "-"), url: addressOf(found) };
};

const buttons = (wordsNow) => {
  const bar = template.cloneNode(true);
  const copy = bar.querySelector("[data-quote]");
  const share = bar.querySelector("[data-share]");
  const label = copy.textContent;
  copy.addEventListener("click", async () => {
    let said = copy.dataset.done;
    try {
      const { text, url } = quoteOf(wordsNow());
      await navigator.clipboard.writeText(`${text}\n${url}`);
    } catch {
      said = copy.dataset.failed;
    }
    copy.textContent = said;
    status.textContent = said;
    setTimeout(() => {
      copy.textContent = label;
      status.textContent = "";
    }, 3000);
  });
  if (navigator.share) {
    share.hidden = false;
    share.addEventListener("click", () => {
      // A reader who closes the system's sheet has shared nothing, and needs no message.
      navigator.share(quoteOf(wordsNow())).catch(() => {});
    });
  }
  return bar;
};

for (const quote of text.querySelectorAll("blockquote, .pull-quote")) {
  const words = plain(quote.innerText);
  const bar = buttons(() => words);
  bar.classList.add("quoting--quiet");
  quote.append(bar);
}

// Where a long word of a headline may part, and where a line may not end, is nothing that anybody wants in what
// they copied.
document.addEventListener("copy", (event) => {
  const selected = document.getSelection().toString();
  if (!/[\u00ad\u2011]/u.test(selected) || event.target.closest?.("input, textarea")) return;
  event.clipboardData.setData("text/plain", selected.replaceAll("\u00ad", "").replaceAll("\u00a0", " ").replaceAll("\u2011", "-"));
  event.preventDefault();
});

// --- selected words ---

const wholeWords = (range) => {
  const whole = range.cloneRange();
  const { startContainer: first, endContainer: last } = whole;
  if (first.nodeType === Node.TEXT_NODE) {
    let start = whole.startOffset;
    while (start > 0 && LETTER.test(first.data[start - 1]) && LETTER.test(first.data[start] ?? "")) start -= 1;
    whole.setStart(first, start);
  }
  if (last.nodeType === Node.TEXT_NODE) {
    let end = whole.endOffset;
    while (end < last.length && LETTER.test(last.data[end]) && LETTER.test(last.data[end - 1] ?? "")) end += 1;
    whole.setEnd(last, end);
  }
  return whole;
};

// Of a range over several blocks none is glued to the next, and the buttons within it say nothing.
const wordsOf = (range) => {
  const part = range.cloneContents();
  for (const bar of part.querySelectorAll(".quoting")) bar.remove();
  for (const end of part.querySelectorAll("p, h2, h3, li, td, th, figcaption, br")) end.after(" ");
  return plain(part.textContent);
};

let chosen = "";
const floating = buttons(() => chosen);
floating.classList.add("quoting--floating");
floating.hidden = true;
// The words stay selected while the button is pressed.
floating.addEventListener("pointerdown", (event) => event.preventDefault());
text.after(floating);

const place = () => {
  const selection = document.getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  if (!range || !text.contains(range.commonAncestorContainer)) {
    // A button that has the focus stays until it loses it.
    if (!floating.contains(document.activeElement)) floating.hidden = true;
    return;
  }
  chosen = wordsOf(wholeWords(range));
  floating.hidden = bare(chosen) === "";
  if (floating.hidden) return;
  floating.style.insetInlineStart = "0";
  const words = range.getBoundingClientRect();
  const own = floating.getBoundingClientRect();
  const frame = floating.offsetParent.getBoundingClientRect();
  const left = Math.max(MARGIN, Math.min(words.left, document.documentElement.clientWidth - own.width - MARGIN));
  floating.style.insetInlineStart = `${left - frame.left}px`;
  floating.style.insetBlockStart = `${words.bottom - frame.top + MARGIN}px`;
};

document.addEventListener("selectionchange", place);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") floating.hidden = true;
});
