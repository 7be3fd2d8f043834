"""Brings in projects, and what statements said of them, from files of our own formats and of IATI.

    record = read(file, "projects.json")                     # raises ImportRefused
    report = bring_in(record, by=user, name="projects.json", dry_run=True)

All of a file or nothing: with a single problem, nothing is kept. A dry run does all that a real one does,
in a transaction that it takes back, so the two never disagree.
"""

from .bringing_in import bring_in
from .files import LARGEST_FILE, SUFFIXES, read
from .in_words import sentences
from .record import ImportRefused, Problem, Record, Report

__all__ = [
    "LARGEST_FILE",
    "SUFFIXES",
    "ImportRefused",
    "Problem",
    "Record",
    "Report",
    "bring_in",
    "read",
    "sentences",
]
