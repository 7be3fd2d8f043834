// Small mends to Django's admin. Each works alone; none owns a text.
import { labelCards } from "./cards.js";
import { chooseFiles } from "./files.js";
import { forgetAtLogOut } from "./forget.js";
import { staysWithoutLine } from "./line.js";
import { nameInputs } from "./names.js";
import { sendOnce } from "./once.js";
import { passkeys } from "./passkeys.js";
import { printOnClick } from "./print.js";
import { warnOfUnsaved } from "./unsaved.js";

chooseFiles(document);
labelCards(document);
forgetAtLogOut(document);
nameInputs(document);
staysWithoutLine(document);
sendOnce(document);
passkeys(document);
printOnClick(document);
warnOfUnsaved(document);
