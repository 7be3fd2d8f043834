"""Keeping the ledger: a form for each kind of fact, one step from a passage, a page for each project."""

from . import kinds, projects

__all__ = ["kinds", "projects"]
