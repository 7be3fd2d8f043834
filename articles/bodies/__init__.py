"""The body of an edition: HTML of a small vocabulary, cleaned by one function on every way in.

`clean_body` decides what may be stored, `marked_passages` reads the project passages out of it,
`render_body` turns it into what readers see. Nothing else makes body HTML safe to print.
"""

from .cleaning import clean_body
from .passages import LONGEST_LEAD, SENTENCE_END, Held, body_text, marked_passages, text_and_marks
from .pieces import captions_in, image_tokens, leads_to, without_any_figure, without_figures, without_passages
from .shown import ShownProject, as_stored, render_body, with_anchors
from .vocabulary import CONTEXT_LENGTH, PROJECT_CODE, RELATIONS

__all__ = [
    "CONTEXT_LENGTH",
    "LONGEST_LEAD",
    "PROJECT_CODE",
    "RELATIONS",
    "SENTENCE_END",
    "Held",
    "ShownProject",
    "as_stored",
    "body_text",
    "captions_in",
    "clean_body",
    "image_tokens",
    "leads_to",
    "marked_passages",
    "render_body",
    "text_and_marks",
    "with_anchors",
    "without_any_figure",
    "without_figures",
    "without_passages",
]
