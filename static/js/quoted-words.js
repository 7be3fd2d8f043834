// What of the chosen words is said by whom, and how it stands in marks when it is copied.
// Of a quotation, and of one inside it.
const MARKS = [
  ["«", "»"],
  ["„", "“"],
];
const ENGLISH_MARKS = [
  ["“", "”"],
  ["‘", "’"],
];
const EDGES = /^[\s«»“”„"'’,]+|[\s«»“”„"'’,]+$/gu;
const PAIR_OF = { "«": "»", "„": "“", "“": "”", '"': '"', "»": "«", "”": "“" };
const LETTER = /[\p{L}\p{N}]/u;
// After what was said: «…», — said he; “…,” said he.
const NARRATOR_AFTER = /^[,.!?…]*\s?[—–]\s/u;
const BREATH = /[,.!?…]$/u;
const SAYS = "сказал|отметил|подчеркнул|добавил|заявил|пояснил|сообщил|напомнил|де(?:ди|ген|йт)|белгиледи|кошумчалады|айтты|билдирди|said|added";

export const bare = (words) => words.replace(EDGES, "");

// Marks that stand open at either end of a selection get their other half, so that all are pairs.
const inPairs = (words) => {
  const opened = [];
  const pairs = [];
  let before = "";
  for (let at = 0; at < words.length; at += 1) {
    const sign = words[at];
    const last = opened.at(-1);
    const closes = sign === "»" || sign === "”" || (sign === "“" && last?.sign === "„") || (sign === '"' && last?.sign === '"');
    if (closes && last) pairs.push([opened.pop().at, at, opened.length]);
    else if (closes) before = PAIR_OF[sign] + before;
    else if (sign in PAIR_OF) opened.push({ sign, at });
  }
  if (!before && !opened.length) return { words, pairs: pairs.sort((one, other) => one[0] - other[0]) };
  return inPairs(before + words + opened.reverse().map(({ sign }) => PAIR_OF[sign]).join(""));
};

const isInterrupted = (words, speaker) => {
  const named = speaker ? `${SAYS}|${speaker.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}` : SAYS;
  return new RegExp(`[,.!?…]\\s?[—–]\\s[^—–]*(?:${named})[^—–]*[,.!?…]\\s?[—–]\\s`, "u").test(words);
};

// `source` is `citation` without its speaker, `speaker` the family name where one person speaks.
// → what is copied, and which words of the text an address has to find.
export const quoted = (chosen, { language, citation, source, speaker }) => {
  const { words, pairs } = inPairs(chosen.trim());
  const asItStands = { text: `${words} (${source})`, found: bare(chosen) };
  const own = pairs.filter(([, , depth]) => depth === 0);
  const [first] = own;
  if (isInterrupted(words, speaker)) return asItStands;
  if (first && /:\s*$/u.test(words.slice(0, first[0]))) return asItStands;
  if (first?.[0] === 0) {
    const said = words.slice(1, first[1]);
    const after = words.slice(first[1] + 1);
    const alone = { text: `${words[0]}${said.replace(/,$/u, "")}${words[first[1]]} — ${citation}`, found: bare(said) };
    if (!LETTER.test(after)) return alone;
    if (NARRATOR_AFTER.test(after) || BREATH.test(said)) {
      // Somebody else than the speaker of the whole may be named there: then only the sentence itself tells who.
      const isTheSpeaker = speaker && (after.includes(speaker) || !/\p{Lu}/u.test(after));
      return own.length === 1 && isTheSpeaker ? alone : asItStands;
    }
  }
  const signs = words.replace(/,$/u, "").split("");
  const levels = language === "en" ? ENGLISH_MARKS : MARKS;
  for (const [begin, end, depth] of pairs) [signs[begin], signs[end]] = levels[(depth + 1) % 2];
  const [open, close] = levels[0];
  return { text: `${open}${signs.join("")}${close} — ${citation}`, found: bare(chosen) };
};
