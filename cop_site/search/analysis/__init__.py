"""The analyser: the one place that turns text into tokens, for documents and for questions."""

from .marking import excerpt, mark
from .question import Group, Question, Term, ask
from .words import Word, fold, stem, stems, words

VERSION = 2  # raise it when tokens change: the next rebuild then writes every entry anew

__all__ = ["VERSION", "Group", "Question", "Term", "Word", "ask", "excerpt", "fold", "mark", "stem", "stems", "words"]
