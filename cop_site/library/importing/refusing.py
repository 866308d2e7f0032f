"""Why a line or a file is not taken in, in a sentence for whoever brought it."""

from cop_site.core.records.refusing import HIDDEN, Refused, Unreadable, in_readers_language, quoted

__all__ = ["HIDDEN", "Refused", "Unreadable", "in_readers_language", "quoted"]
