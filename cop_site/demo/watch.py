"""The starter list of watched words, looked for in what was planted."""

from cop_site.moderation import actions
from cop_site.screening import actions as screening
from cop_site.screening import scanning, wordlists
from cop_site.screening.models import WordScan

from .planting import secretariat


def fetch() -> WordScan:
    """On the list, as its button puts it there; nobody is told, so what stands is looked through here."""
    scan = screening.import_words(wordlists.read(wordlists.starter_text()), by=secretariat()) or WordScan.objects.create()
    while scanning.go_on(scan.pk, actions.flag):
        pass
    return scan
