"""A whole practice as a member types it into the share form, in words of the network."""

from django.utils.translation import override

from cop_site.library import template
from tests.browser.hands import Hands, said

TITLE = "Penjemputan pekerja migran di bandara lewat perdes dan gugus tugas desa"
NIK = "3404051205909812"
PROBLEM = (
    "Banyak warga desa yang pulang dari luar negeri tiba tanpa pendamping dan tanpa biaya perjalanan. Calo menunggu di pintu"
    " kedatangan lalu menawarkan pinjaman yang menjerat. Pemerintah desa baru mengetahui kepulangan itu setelah keluarga"
    " mengadu, sehingga pemeriksaan kesehatan dan pendampingan hukum sering terlambat beberapa minggu."
)
PROBLEM_WITH_NIK = f"{PROBLEM} Salah satu warga dengan NIK {NIK} bahkan menunggu dua malam di bandara."
SUMMARY = (
    "Desa menyusun perdes tentang perlindungan pekerja migran dan membentuk gugus tugas yang menjemput warga di bandara."
    " Gugus tugas bekerja bersama serikat dan dinas sosial, mencatat kebutuhan dasar, lalu mengantar pulang dengan aman."
    " Setelah satu tahun, warga yang pulang tanpa pendamping berkurang dan pengaduan datang lebih awal."
)
RESULTS = (
    "Dalam dua belas bulan gugus tugas menjemput puluhan kepulangan dan tidak ada lagi warga yang dijerat calo di pintu"
    " kedatangan. Dinas sosial menerima rujukan rata-rata tiga hari setelah kedatangan, sebelumnya lebih dari tiga minggu."
    " Keluarga menyatakan lebih berani melapor karena tahu siapa yang harus dihubungi di kantor desa."
)
FAILED = (
    "Penjemputan pada malam hari sering gagal karena kendaraan desa dipakai untuk keperluan lain. Anggaran yang hanya cukup"
    " untuk enam bulan membuat relawan menanggung ongkos sendiri."
)
SAFEGUARDING = (
    "Catatan hanya memuat kebutuhan layanan, tanpa nama dan tanpa alamat. Petugas dilatih untuk tidak mewawancarai warga di"
    " tempat terbuka dan selalu meminta izin sebelum merujuk."
)
STEPS = [
    "Menyusun perdes bersama warga dan badan permusyawaratan desa selama tiga bulan.",
    "Membentuk gugus tugas dari perangkat desa, serikat pekerja, dan kader perempuan.",
    "Menjemput di bandara, mencatat kebutuhan dasar, lalu mengantar ke layanan yang dipilih warga.",
]
LESSONS = ["Sepakati kendaraan dan anggaran penjemputan sebelum perdes disahkan."]


# What has to stand in the form when it comes back.
TYPED = {"title": TITLE, "summary": SUMMARY, "results": RESULTS, "what_failed": FAILED, "safeguarding": SAFEGUARDING}


def fill(hands: Hands, *, problem: str = PROBLEM) -> None:
    """All 26 fields of the form, from the top to the bottom; the organisation is chosen already where there is one."""
    with override("id"):
        label = {key: field.label for key, field in template.fields().items()}
        section = dict(template.sections())
    _fill_identity(hands, label)
    hands.unfold(section["konteks"])
    hands.write(label["problem"], problem)
    hands.tick(label["trafficking_form"], "Penempatan PMI nonprosedural yang berujung eksploitasi")
    hands.tick(label["target_group"], "Pekerja migran Indonesia", "Purna pekerja migran")
    hands.unfold(section["pelaksanaan"])
    for at, words in enumerate(STEPS, start=1):
        hands.write(said("Step %(number)d") % {"number": at}, words)
    _fill_results(hands, label, section)
    _fill_safety(hands, label, section)


def _fill_identity(hands: Hands, label: dict[str, str]) -> None:
    hands.write(label["title"], TITLE)
    hands.choose(label["language"], "Indonesia")
    hands.write(label["summary"], SUMMARY)
    hands.choose(label["document_kind"], "Studi kasus")
    hands.tick(label["practice_type"], "Peraturan desa/kebijakan daerah")
    hands.tick(label["service_scale"], "Desa/kelurahan", "Kabupaten/kota")
    hands.tick(label["mandate"], "Layanan migrasi aman", "Pendampingan kebijakan desa", under="Pencegahan")
    hands.tick(label["region"], "Jawa Tengah", under="Jawa")
    hands.write_month(said("Begun in"), 2025, 2)
    hands.write_month(said("Ended in"), 2026, 1)


def _fill_results(hands: Hands, label: dict[str, str], section: dict[str, str]) -> None:
    hands.unfold(section["hasil"])
    hands.write(label["results"], RESULTS)
    hands.choose(label["outcome"], "Berhasil sebagian")
    hands.choose(label["evidence_level"], "Rintisan")
    hands.unfold(section["pelajaran"])
    hands.write(label["what_failed"], FAILED)
    for at, words in enumerate(LESSONS, start=1):
        hands.write(said("Lesson %(number)d") % {"number": at}, words)
    hands.unfold(section["replikasi"])
    hands.choose(label["contact_route"], "Lewat sekretariat")


def _fill_safety(hands: Hands, label: dict[str, str], section: dict[str, str]) -> None:
    hands.unfold(section["keselamatan"])
    hands.choose(label["consent_status"], "Tidak memuat kisah orang")
    with override("id"):
        hands.tick(label["consent_declaration"], *[statement for _slug, statement in template.fields()["consent_declaration"].options])
    hands.choose(label["survivor_involvement"], "Dimintai pendapat")
    hands.choose(label["children_involved"], said("No"))
    hands.write(label["safeguarding"], SAFEGUARDING)
    hands.choose(label["sensitivity"], "Umum")
    hands.choose(label["visibility"], "Anggota jaringan")
