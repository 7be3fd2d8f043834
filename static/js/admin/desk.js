// Small mends to Django's admin. Each works alone; none owns a text.
import { labelCards } from "./cards.js";
import { forgetAtLogOut } from "./forget.js";
import { nameInputs } from "./names.js";
import { sendOnce } from "./once.js";
import { passkeys } from "./passkeys.js";
import { printOnClick } from "./print.js";
import { warnOfUnsaved } from "./unsaved.js";

labelCards(document);
forgetAtLogOut(document);
nameInputs(document);
sendOnce(document);
passkeys(document);
printOnClick(document);
warnOfUnsaved(document);
