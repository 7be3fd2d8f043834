"""Makes a draft of a statement that comes as a file: plain text, Word (.docx) or HTML.

    draft = read(file, "statement.docx")                                  # raises ImportRefused
    draft = with_passages(draft, language="en", projects=known_projects("en"))
    edition = create_draft(draft, language="en", by=user, kind="speech")  # raises StepRefused

`draft.left_out` and `draft.remarks` are sentences to show. Nothing is published by an import.
"""

from .creation import create_draft, known_projects
from .draft import Draft, ImportRefused, Proposed
from .files import LARGEST_FILE, SUFFIXES, read
from .passages import propose_passages, with_passages

__all__ = [
    "LARGEST_FILE",
    "SUFFIXES",
    "Draft",
    "ImportRefused",
    "Proposed",
    "create_draft",
    "known_projects",
    "propose_passages",
    "read",
    "with_passages",
]
