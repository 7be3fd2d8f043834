from typing import NamedTuple

import segno

QUIET = 4  # modules of white around it, as the standard asks


class QR(NamedTuple):
    side: int
    path: str  # an SVG path of the dark modules


def qr_of(text: str) -> QR:
    code = segno.make(text, error="m", micro=False)
    runs = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            width = 0
            while x + width < len(row) and row[x + width]:
                width += 1
            if width:
                runs.append(f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z")
            x += max(width, 1)
    return QR(len(code.matrix) + 2 * QUIET, "".join(runs))
