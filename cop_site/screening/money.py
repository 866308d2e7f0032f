"""Numbers that lead to a person's money."""

import re
from collections.abc import Iterator

from .identity import word
from .numbers import Window, passes_luhn
from .passage import Detector, Passage, Span

ACCOUNT = word(
    r"BRI|BNI|BCA|BSI|BTN|BJB|BPD|CIMB(?: Niaga)?|Danamon|Muamalat|Maybank|OCBC|SeaBank|Bank [a-z]{2,12}|Permata Bank"
    r"|rek|no\.? ?rek|norek|rekening(?:nya)?|no(?:mor)? rekening|transfer(?:kan|nya)?|ditransfer|account(?: (?:no|number))?|virtual account|VA"
)
MANDIRI = word(r"mandiri")
CARD = word(r"kartu|card|visa|mastercard|debit|kredit|credit|CVV|ATM|JCB|amex")
CARD_GROUPS = {(4, 4, 4, 4), (4, 6, 5), (16,), (15,), (19,), (13,), (4, 4, 4, 4, 3), (8, 8), (6, 10)}
ISSUERS = (
    (re.compile("4"), (13, 16, 19)),
    (re.compile("5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"), (16,)),
    (re.compile("3[47]"), (15,)),
    (re.compile("35|62"), (16, 17, 18, 19)),
)


def find_bank_account(passage: Passage) -> Iterator[Span]:
    """Eight to sixteen digits near a bank or the word account; amounts and dates are not accounts."""
    for window in (*passage.numbers(8, 16, ACCOUNT), *passage.numbers(13, 13, MANDIRI)):
        if window.is_plain:
            yield window.start, window.end


def _is_card(passage: Passage, window: Window) -> bool:
    length = len(window.digits)
    issued = any(start.match(window.digits) and length in lengths for start, lengths in ISSUERS)
    if not issued or not passes_luhn(window.digits) or window.is_counted:
        return False
    if length in (13, 17, 18) or not (window.whole or window.sizes in CARD_GROUPS):
        return passage.near(window.start, window.end, CARD)
    return True


def find_payment_card(passage: Passage) -> Iterator[Span]:
    """A number of a known issuer whose check digit is right."""
    for window in passage.numbers(13, 19):
        if _is_card(passage, window):
            yield window.start, window.end


DETECTORS = (
    Detector("bank_account", "block", find_bank_account),
    Detector("payment_card", "block", find_payment_card),
)
