"""What the pattern of a watched word may be: words, and stars for letters within them."""

from django.utils.translation import gettext as _

from .matching import ANY, MOST_WORDS, words_of

LONGEST, FEWEST_LETTERS, FEWEST_BESIDE_A_STAR = 120, 3, 2


def problem_with(pattern: str) -> str:
    """What is wrong with a pattern, in the reader's language; empty where nothing is."""
    words = words_of(pattern)
    if len(pattern) > LONGEST:
        return _("At most %(most)d characters.") % {"most": LONGEST}
    if sum(sign.isalnum() for word in words for sign in word) < FEWEST_LETTERS:
        return _("Please write at least three letters or digits besides the stars.")
    if len(words) > MOST_WORDS:
        return _("At most %(most)d words.") % {"most": MOST_WORDS}
    if any(ANY in word and word != ANY and max(map(len, word.split(ANY))) < FEWEST_BESIDE_A_STAR for word in words):
        return _("A word with a star needs at least two letters next to each other.")
    return ""
