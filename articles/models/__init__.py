from .accepted import AcceptedDifference
from .between_languages import Difference
from .edition import Edition
from .passages import Attachment, Contribution, EditionImage, GalleryImage, Passage, PassageToSettle
from .statement import REFERENCE_ALPHABET, Statement
from .writing import EditConflict

__all__ = [
    "REFERENCE_ALPHABET",
    "AcceptedDifference",
    "Attachment",
    "Contribution",
    "Difference",
    "EditConflict",
    "Edition",
    "EditionImage",
    "GalleryImage",
    "Passage",
    "PassageToSettle",
    "Statement",
]
