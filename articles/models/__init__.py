from .accepted import AcceptedDifference
from .between_languages import Difference
from .edition import Edition
from .embargo import EmbargoLink, EmbargoOpening
from .named import NamedInText
from .passages import (
    Attachment,
    ChangeNoteAddition,
    Contribution,
    EditionImage,
    GalleryImage,
    Passage,
    PassageToSettle,
)
from .presence import Presence
from .statement import REFERENCE_ALPHABET, Statement
from .writing import EditConflict

__all__ = [
    "REFERENCE_ALPHABET",
    "AcceptedDifference",
    "Attachment",
    "ChangeNoteAddition",
    "Contribution",
    "Difference",
    "EditConflict",
    "Edition",
    "EditionImage",
    "EmbargoLink",
    "EmbargoOpening",
    "GalleryImage",
    "NamedInText",
    "Passage",
    "PassageToSettle",
    "Presence",
    "Statement",
]
