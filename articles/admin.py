from .edition_admin import EditionAdmin
from .statement_admin import StatementAdmin

__all__ = ["EditionAdmin", "StatementAdmin"]
