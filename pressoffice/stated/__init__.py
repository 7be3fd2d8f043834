"""Figures and dates in the words of a statement, offered to the editor for confirmation.

Rules for Kyrgyz, Russian and English; no guess is stored before somebody has looked at it.
"""

from .dates import StatedDate, dates_in
from .figures import StatedFigure, figures_in

__all__ = ["StatedDate", "StatedFigure", "dates_in", "figures_in"]
