from .edition import Edition
from .embargo import EmbargoLink, EmbargoOpening
from .passages import (
    Attachment,
    ChangeNoteAddition,
    Contribution,
    EditionImage,
    GalleryImage,
    Passage,
    PassageToSettle,
)
from .statement import REFERENCE_ALPHABET, Statement
from .writing import EditConflict

__all__ = [
    "REFERENCE_ALPHABET",
    "Attachment",
    "ChangeNoteAddition",
    "Contribution",
    "EditConflict",
    "Edition",
    "EditionImage",
    "EmbargoLink",
    "EmbargoOpening",
    "GalleryImage",
    "Passage",
    "PassageToSettle",
    "Statement",
]
