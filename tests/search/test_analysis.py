"""The analyser: what becomes of words."""

import random

import pytest

from cop_site.search.analysis import ask, data, excerpt, stem, stems, words
from cop_site.search.analysis.lexicon import lexicon, other_readings


@pytest.mark.parametrize(
    ("said", "root"),
    [
        ("perlindungan", "lindung"),
        ("pelindungan", "lindung"),
        ("melindungi", "lindung"),
        ("dipulangkan", "pulang"),
        ("pemulangan", "pulang"),
        ("bekerja", "kerja"),
        ("pekerja", "kerja"),
        ("kerahasiaan", "rahasia"),
        ("keberangkatan", "berangkat"),
        ("penimbangan", "timbang"),
        ("survivors", "survivor"),
        ("housing", stem("houses")),
        ("policies", "policy"),
    ],
)
def test_affixes_lead_to_the_root(said, root):
    assert stem(said) == root


def test_affixes_change_no_letter_of_a_root_but_its_first_and_last():
    """What ``marking`` relies on when it leaves words alone that cannot be meant."""
    chance = random.Random(5)  # noqa: S311
    roots = sorted(data.words_of("roots.txt"))
    before = ["", "di", "me", "mem", "men", "meng", "meny", "pe", "pem", "pen", "peng", "peny", "ber", "ter", "ke", "memper", "nge", "ng"]
    after = ["", "kan", "i", "an", "nya", "lah", "kannya", "s", "ed", "ing", "ies"]
    forms = {
        chance.choice(before) + chance.choice([root, root[1:]]) + chance.choice(after)
        for root in chance.choices(roots, k=400)
        if len(root) > 3
    }

    assert {form: stem(form) for form in forms if stem(form)[1:-1] not in form} == {}


FAMILIES = {
    "kunjung": "mengunjungi kunjungan pengunjung dikunjungi berkunjung kunjungannya",
    "rawat": "merawat perawatan dirawat perawat terawat",
    "rasa": "merasa perasaan dirasakan berasa",
    "rusak": "merusak kerusakan perusakan rusaknya",
    "rundung": "perundungan dirundung merundung",
    "tarik": "menarik penarikan ditarik ketertarikan",
    "tolak": "menolak penolakan ditolak",
    "pesan": "memesan pemesanan dipesan pesanan",
    "peta": "memetakan pemetaan dipetakan",
    "nikah": "menikah pernikahan dinikahkan menikahi",
    "kawin": "mengawini perkawinan dikawinkan",
    "culik": "menculik penculikan diculik penculik",
    "selidik": "menyelidiki penyelidikan diselidiki",
    "sidik": "menyidik penyidikan penyidik",
    "sah": "pengesahan mengesahkan disahkan",
    "cek": "mengecek pengecekan dicek",
    "siap": "kesiapan persiapan mempersiapkan disiapkan bersiap",
    "urus": "mengurus pengurus kepengurusan diurus ngurus",
    "ada": "berada keberadaan pengadaan diadakan",
    "awas": "mengawasi pengawasan diawasi pengawas",
    "beli": "membeli pembelian dibelikan pembeli",
    "kerja": "bekerja pekerja pekerjaan mempekerjakan dipekerjakan",
    "dagang": "perdagangan diperdagangkan memperdagangkan pedagang",
    "daya": "memberdayakan pemberdayaan diberdayakan keberdayaan",
    "pulang": "dipulangkan memulangkan pemulangan kepulangan dipulangkannya dipulangin",
    "kirim": "mengirim pengiriman dikirimkan kiriman ngirim",
    "identifikasi": "mengidentifikasi diidentifikasi pengidentifikasian teridentifikasi",
    "asesmen": "mengasesmen diasesmen pengasesmenan",
    "reintegrasi": "direintegrasi mereintegrasikan pereintegrasian",
    "wirausaha": "berwirausaha kewirausahaan",
    "proses": "memproses pemrosesan diproses",
    "salahguna": "menyalahgunakan penyalahgunaan disalahgunakan",
    "tanggungjawab": "pertanggungjawaban bertanggungjawab",
    "terapi": "terapi terapinya",
    "nilai": "menilai penilaian dinilai bernilai",
    "diskusi": "berdiskusi mendiskusikan didiskusikan",
}


@pytest.mark.parametrize(("root", "form"), [(root, form) for root, forms in FAMILIES.items() for form in forms.split()])
def test_all_forms_of_a_root_are_one_word(root, form):
    assert stem(form) == root


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anak-anak", ["anak"]),
        ("anak-anaknya", ["anak"]),
        ("Buruh-buruh", ["buruh"]),
        ("tolong-menolong", ["tolong"]),
        ("teman2", ["teman"]),
        ("ibu2", ["ibu"]),
        ("anak2nya", ["anak"]),
        ("menyambut-nyambut", ["sambut"]),
        ("berbulan-bulan", ["bulan"]),
        ("P3MI, BP2MI dan UP3MI", ["p3mi", "bp2mi", "dan", "up3mi"]),
        ("undang-undang", ["undang"]),
        ("non-prosedural", ["non", "prosedural"]),
        ("P.M.I.", ["pmi"]),
        ("o'neil", ["oneil"]),
        ("Café DÉSA", ["cafe", "desa"]),
        ("UU 21/2007", ["uu", "21", "2007"]),
        ("C++", ["c"]),
        ("😀", []),
        ("", []),
    ],
)
def test_text_becomes_tokens(text, expected):
    assert stems(text) == expected


def test_tokens_are_letters_and_digits_that_no_database_reads_its_own_way():
    tokens = [word.text for word in words("العمل 工作 ÆØ straße ½ x\0y \ud800 " + "a" * 500)]

    assert [token for token in tokens if not (token.isascii() and token.isalnum() and len(token) <= 81)] == []


def test_a_word_knows_where_it_stands():
    text = "Para pekerja-pekerja, mis. P.M.I., pulang"

    assert [text[word.start : word.end] for word in words(text)] == ["Para", "pekerja-pekerja", "mis", "P.M.I.", "pulang"]


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("perdes", "peraturan desa"),
        ("peraturan desa", "perdes"),
        ("TKW", "pekerja migran indonesia"),
        ("safe house", "rumah aman"),
        ("South Sulawesi", "sulawesi selatan"),
        ("sulsel", "sulawesi selatan"),
        ("PMI", "palang merah indonesia"),
        ("PMI", "pekerja migran indonesia"),
        ("ABK", "anak buah kapal"),
        ("ABK", "anak berkebutuhan khusus"),
        ("DPO", "daftar pencarian orang"),
        ("PRT", "pekerja rumah tangga"),
        ("LP", "laporan polisi"),
        ("LP", "lembaga pemasyarakatan"),
        ("DPO", "pejabat pelindungan data pribadi"),
        ("NTT", "nusa tenggara timur"),
        ("TTS", "timor tengah selatan"),
        ("East Flores", "flores timur"),
        ("Central Lombok", "lombok tengah"),
        ("53.02", "timor tengah selatan"),
        ("kab.", "kabupaten"),
        ("tdk", "tidak"),
        ("ortu", "orang tua"),
        ("Japan", "jepang"),
        ("scholarship", "beasiswa"),
        ("children", "anak"),
        ("parents", "orang tua"),
        ("orang tua", "parent"),
    ],
)
def test_words_find_what_they_mean_as_well(typed, finds):
    found = {term.stems for term in ask(typed).all_terms()}

    assert tuple(stems(finds)) in found


@pytest.mark.parametrize(
    ("typed", "does_not_find"),
    [
        ("anak buah kapal", "anak berkebutuhan khusus"),
        ("palang merah indonesia", "pekerja migran indonesia"),
        ("izin masuk", "visa"),
        ("pelaut", "anak berkebutuhan khusus"),
    ],
)
def test_one_way_readings_do_not_lead_back(typed, does_not_find):
    found = {term.stems for term in ask(typed).all_terms()}

    assert tuple(stems(does_not_find)) not in found


def test_a_typed_word_weighs_more_than_what_it_may_mean():
    weights = [term.weight for term in ask("perdes").groups[0].terms]

    assert weights[0] == 1.0
    assert max(weights[1:]) < 1.0


def test_words_that_only_hold_a_sentence_together_are_left_out():
    question = ask("bagaimana cara pemulangan dari luar negeri?")

    assert [group.typed for group in question.groups if "bagaimana" in group.typed or "dari" in group.typed] == []


def test_a_sentence_as_it_is_typed_on_a_phone_is_what_it_asks_for():
    question = ask("gmn cara menjemput korban yg dipulangkan dr Malaysia?")

    assert [group.typed for group in question.groups] == [("cara",), ("menjemput",), ("korban",), ("dipulangkan",), ("malaysia",)]


@pytest.mark.parametrize("name", ["Timor Tengah Selatan", "Sumba Barat Daya", "nusa tenggara timur", "pekerja rumah tangga"])
def test_a_name_of_several_words_is_one_thing(name):
    groups = ask(f"korban di {name}").groups

    assert [group.typed for group in groups] == [("korban",), tuple(name.lower().split())]


def test_a_quoted_phrase_that_nobody_holds_is_asked_word_by_word():
    question = ask('"majelis taklim desa" korban').relaxed()

    assert question.required() == []
    assert [group.typed for group in question.groups] == [("majelis",), ("taklim",), ("desa",), ("korban",)]


def test_a_question_of_small_words_alone_is_still_asked():
    assert [group.typed for group in ask("untuk apa").groups] == [("untuk",), ("apa",)]


def test_quoted_words_must_stand_together():
    question = ask('"majelis taklim" desa')

    assert question.required() == [("majelis", "taklim")]
    assert len(question.groups) == 2


def test_an_endless_question_is_cut():
    question = ask("kata " + " ".join(f"kata{number}" for number in range(2_000)))

    assert len(question.groups) <= 24


@pytest.mark.parametrize(
    ("note", "readings"),
    [
        ("di konteks lain: Palang Merah Indonesia", ["Palang Merah Indonesia"]),
        ("istilah lama", []),
        ("di konteks lain: nama partai politik", []),
        ("", []),
    ],
)
def test_other_readings_stand_in_notes(note, readings):
    assert other_readings(note) == readings


def test_the_files_of_the_field_are_read():
    assert lexicon().knows(("tppo",))
    assert lexicon().knows(("rumah", "aman"))


# --- snippets


def test_a_snippet_marks_what_the_words_mean():
    html = excerpt(["Warga menulis peraturan desa bersama."], ask("perdes"))

    assert html == "Warga menulis <mark>peraturan desa</mark> bersama."


def test_a_snippet_is_escaped():
    html = excerpt(["<script>x</script> & pemulangan <b>aman</b>"], ask("dipulangkan"))

    assert html == "&lt;script&gt;x&lt;/script&gt; &amp; <mark>pemulangan</mark> &lt;b&gt;aman&lt;/b&gt;"


def test_a_snippet_shows_the_place_of_the_match():
    html = excerpt(["Awal yang panjang. " * 60 + "Lalu restitusi dibayar. " + "Akhir yang panjang. " * 60], ask("restitusi"))

    assert "<mark>restitusi</mark>" in html
    assert html.startswith("… ")
    assert html.endswith(" …")
    assert len(html) < 320


def test_without_a_match_a_snippet_is_how_the_text_begins():
    assert excerpt(["Awal cerita.", "Isi cerita."], ask("lain")) == "Awal cerita."
    assert excerpt([], ask("lain")) == ""
