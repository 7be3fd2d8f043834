from .edition import Edition
from .passages import Attachment, Contribution, EditionImage, GalleryImage, Passage, PassageToSettle
from .statement import REFERENCE_ALPHABET, Statement
from .writing import EditConflict

__all__ = [
    "REFERENCE_ALPHABET",
    "Attachment",
    "Contribution",
    "EditConflict",
    "Edition",
    "EditionImage",
    "GalleryImage",
    "Passage",
    "PassageToSettle",
    "Statement",
]
