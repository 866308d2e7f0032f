"""Texts for every kind: what must be found (the place in «»), and what must pass. All numbers and names are invented."""

FOUND = {
    "nik": [
        "Tertulis 5301106708049833 di belakang fotonya.",
        "«1871 0223 1195 9841»|Atas permintaan dinas, 1871 0223 1195 9841 dihapus.",
        "NIK: 3273-1501-1388-9827 (salah ketik bulan)",
        "«tiga dua»|nik dia tiga dua kosong satu, nol satu, dua tiga, nol lima, sembilan nol, sembilan delapan lima satu",
        "«3201 0123»|nomor identitas\n3201 0123\n0590 9851",
        "foto_ktp_6471054407019826.png",
        "KTP 32O1O123O59O9851 buram",
        "NIK 32010123059098xx sudah diketahui tetangga",
    ],
    "kk": [
        "Kartu keluarga 5171032109119836 atas namanya.",
        "nomor KK: 1271 0415 0208 9840",
        "KK 9999999999999999 salah cetak",
    ],
    "passport": ["Paspornya B 1234567 disita.", "SPLP XD123456 terbit di KBRI.", "passport number: c7654321, expired"],
    "phone": [
        "Bisa ke 085712345678 sore ini.",
        "0857 1234 567 8",
        "kontak: +62-812-3456-7890",
        "nomor (+62) 813 1234 5678",
        "WA: 0 8 1 2 3 4 5 6 7 8 9 0",
        "telp 0271-654321 minta Bu RT",
        "(021) 7654 3210",
        "hubungi nol delapan satu dua tiga empat lima enam tujuh delapan sembilan",
        "whatsapp 0812.3456.7890.",
        "https://api.contoh.id/send?phone=%2B6281234567890",
        "Hubungi 0812&#51;4567890",
    ],
    "phone_foreign": ["Majikan menelepon dari +60 12-345 6789.", "Nomor +95 9 123 456 789 aktif.", "call +1 (202) 555-0123"],
    "messaging_link": [
        "Masuk ke https://chat.whatsapp.com/AbCdEf012",
        "t.me/loker_contoh",
        "line.me/ti/p/~contoh",
        "wa[.]me/6281234567890",
    ],
    "email": ["tulis ke rahmi_c@contoh.co.id ya", "rahmi.c (at) yahoo (titik) com", "surel rahmi at contoh dot org", "Ｒahmi@contoh.id"],
    "social_handle": [
        "IG korban @putri.contoh",
        "https://www.facebook.com/putri.contoh.9",
        "perekrut memakai @loker_cepat99 di telegram",
        "tiktok: putri_contoh12",
    ],
    "bank_account": [
        "Transfer ke BCA 1234567890 sekarang.",
        "no. rekening 0987-01-012345-53-2",
        "uang masuk ke 1230004567890 (Mandiri)",
        "rekening BSI 7123456789",
    ],
    "payment_card": ["kartu kreditnya 5555 5555 5555 4444", "bayar dengan 378282246310005", "4012888888881881"],
    "npwp": ["NPWP: 012345678901234", "01.234.567.8-901.000", "NITKU 0123456789012345678901"],
    "bpjs": ["no BPJS 0001234567890", "peserta JKN 0002 3456 7891 2", "KPJ 12345678901"],
    "driving_licence": ["SIM A 123456789012 hilang", "surat izin mengemudi 1234-5678-901234", "SIM C sopir: 12345678901234"],
    "seafarer_id": ["buku pelaut G 123456", "Kode pelaut: 6201234567", "seaman book F123456"],
    "pmi_id": ["E-PMI 1234567890", "KTKLN nomor AB12345678", "ID PMI: 12 3456 7890"],
    "birth_certificate": ["5301-LU-01022010-0012", "akta kelahiran nomor 1234/DIS/2009", "akta lahir no. AL 123456"],
    "student_id": ["NISN: 0101234567", "NIS 10234 kelas 9", "nomor induk siswa 2021.1.0456"],
    "address": [
        "Rumahnya di Jalan Kenanga Raya No. 8, tidak jauh.",
        "jl mawar gang buntu no 5a",
        "RT 005 RW 011 Kelurahan Contoh",
        "RT/RW 02/05",
        "Perumahan Griya Contoh Blok C5 No. 12",
        "Dusun Krajan RT 03",
        "Gg. Melati 4B, dekat sumur",
        "Jl. Pangeran Contoh III/12",
    ],
    "shelter_location": [
        "Shelter berada di seberang Masjid Contoh.",
        "Rumah aman itu di Jalan Cemara No. 3.",
        "Safe house kami dekat SPBU, lantai dua.",
        "Rumah perlindungan di samping kantor pos, pagar biru.",
    ],
    "coordinates": ["-8.65431,115.21234", "Lat: -6.2005 Long: 106.8166", "7°48'05\" LS 110°21'50\" BT", "koordinat -0.502, 117.153"],
    "map_link": [
        "https://www.google.com/maps/place/Contoh/@-7.8,110.3,17z",
        "https://goo.gl/maps/AbC123",
        "https://waze.com/ul?ll=-7.8,110.3",
        "///kata.tiga.contoh",
        "6P5G5R2C+XQ",
    ],
    "person_name": [
        "Penyintas Dewi Contohsari sudah pulang.",
        "Surat atas nama Hendrik Ujicoba.",
        "suaminya, Anton Cobamanto, ikut ditahan",
        "Ibu Lastri Contohati melapor kemarin.",
        "Yohanes bin Contohan",
        "nama korban: Mega Cobaria",
        "a.n. RINA CONTOHWATI",
        "seorang perempuan bernama wartini cobasih",
        "A victim named Wati Contohwati came home.",
    ],
    "child_name": [
        "Siswi SMP Ratna Cobasari tidak masuk.",
        "Rina Contohati (15) dibawa ke Dolly.",
        "Anak bernama Yusuf Cobaan ditemukan di Tawau.",
        "Dina Ujisari, 14 tahun, dijemput sore.",
        "santri bernama Hasan Contohan, kelas 8",
    ],
    "birth_date": ["Korban lahir 12-03-2007.", "TTL: Ende, 5 Juni 1999", "tanggal lahir 2004-11-30", "born on 7 May 2001"],
    "health": ["Siti Contohwati sedang hamil lima bulan.", "hasil visum nomor VER/12/2024/RS", "Yuli Cobasari didiagnosis depresi."],
    "civil_servant_id": ["NIP 198805142011011998", "19880514 201101 2 998 hadir", "NRP 78010099 Polres"],
    "case_number": ["LP/B/77/IX/2098/SPKT/POLRES CONTOH", "Nomor 12/Pid.Sus/2098/PN Btm", "STTLP/12/IX/2098/SPKT"],
    "plate": ["mobil B 12 CD", "DH 4321 AB menunggu di pelabuhan", "pelat nomor: KB 9876 XX"],
    "device_id": ["490154203237518", "IMEI 1: 11 111111 111111 1", "alamat IP 203.0.113.9", "MAC 3C-22-FB-00-11-22"],
    "travel_ref": ["kode booking QX7RT2", "Visa nomor B9988776", "penerbangan QG 944 tanggal 3 Mei 2098 a.n. Rina Contohwati"],
    "quasi_identifier": [
        "Korban, janda 38 tahun, bidan di Dusun Ujicoba, berangkat lewat Nunukan.",
        "Usianya 19, lulusan SMKN 2 Contoh, anak bungsu dari Desa Ujicoba.",
        "She was 22, from Contoh village, worked at PT Contoh Garmen and left on 3 May 2098.",
    ],
    "small_number": [
        "Di Desa Ujicoba terdapat 3 korban.",
        "Tercatat 2 kasus TPPO di Kecamatan Contoh.",
        "Korban menurut desa\nDesa; Jumlah\nUjicoba; 2\nContohan; 14",
    ],
}

PASSES = {
    "nik": ["Kode proyek 2024-0815-1234-9981.", "NIK 3201************ disamarkan.", "Nomor seri 9999 8888 7777 6666."],
    "kk": ["Sebanyak 120 KK menerima bantuan.", "KK miskin: 1.234.567", "Kartu keluarga wajib dibawa."],
    "passport": ["Nomor inventaris B1234567.", "Paspor dibuat 14 hari kerja.", "Paspor RI sejak 2019-2024 naik."],
    "phone": [
        "Hubungi 119 atau 112.",
        "Pukul 08.00-10.00 dan 10.15-12.00 WIB.",
        "Surat Nomor 0812/1234/567/2024.",
        "Kode 0812-3456-7890-1234.",
        "Anggaran 62.812.345.678 rupiah.",
        "08-12-2023 hingga 10-12-2023",
        "0274",
    ],
    "phone_foreign": ["Naik +12,5 persen.", "Selisih +1.234.567 jiwa.", "usia 15+ 2023"],
    "messaging_link": ["Grup WhatsApp desa aktif.", "https://kemenpppa.go.id/contact.me", "online.me adalah situs contoh"],
    "email": ["Honor Rp50.000 @ 3 hari.", "Pertemuan at kantor.", "titik temu at desa"],
    "social_handle": ["Tagar #AksiBersama", "bakso @ 12 orang", "https://www.facebook.com/policies/"],
    "bank_account": [
        "Dana rekening desa Rp1.250.000.000 cair.",
        "Transfer dilakukan 12-08-2024.",
        "Bank BRI cabang 2023-2024",
        "Desa mandiri 2020 dan 2021.",
    ],
    "payment_card": ["4111 1111 1111 1112", "Anggaran 4.012.888.888.881 rupiah", "Kartu kendali nomor 12"],
    "npwp": ["NPWP wajib bagi lembaga.", "Pasal 21 ayat 3", "NPWP 15 digit menjadi 16 digit."],
    "bpjs": ["BPJS membayar 1.234.567.890.123 klaim.", "BPJS 2023", "KIS untuk 40 keluarga."],
    "driving_licence": ["SIM berlaku lima tahun.", "SIM online 2023", "kartu SIM dibeli Rp150.000"],
    "seafarer_id": ["Buku pelaut disita agen.", "Kode pelaut diverifikasi 2024.", "Buku pelaut 12 orang hilang."],
    "pmi_id": ["E-PMI tersedia sejak 2017.", "SISKOP2MI 2022-2023", "ID PMI wajib bagi 12.345.678 pekerja."],
    "birth_certificate": ["Akta kelahiran 2023 naik 12 persen.", "Akta kelahiran bagi 1.200 anak.", "akta lahir dipalsukan"],
    "student_id": ["NISN dipakai sekolah.", "NIS 2023/2024", "NISN 12 siswa"],
    "address": [
        "Peta Jalan Penguatan Desa Nomor 2.",
        "Kami berjalan 12 km.",
        "Desa ini punya 12 RT dan 4 RW.",
        "Acara di Hotel Contoh, Jl. Melati No. 9.",
        "jalan keluar nomor satu",
        "Kampung Melati 45 keluarga ikut.",
        "Jalan Trans Flores 12 km rusak.",
    ],
    "shelter_location": [
        "Alamat rumah aman harus dirahasiakan.",
        "Shelter di Surabaya menampung 20 orang.",
        "Rumah aman sebaiknya dekat dengan puskesmas.",
        "Shelter memiliki dua lantai.",
    ],
    "coordinates": ["-7.8, 110.3", "Rata-rata 3.450 dan 110.250 orang.", "suhu 36° C"],
    "map_link": ["https://www.google.com/maps", "Peta ada di google.com", "C++ 2345"],
    "person_name": [
        "Korban Perdagangan Orang berhak atas restitusi.",
        "Yayasan bernama Rumah Contohan berdiri.",
        "Bupati Contoh Wibisana hadir.",
        "atas nama Pemerintah Indonesia",
        "Penyintas Nusa Tenggara Timur bersuara.",
        "Sebut saja namanya, bernama Bunga Melati.",
        "Masjid Umar bin Khattab",
    ],
    "child_name": ["Forum Anak Nasional", "Anak Indonesia Hebat", "Siswa Sekolah Dasar belajar.", "Perlindungan Anak Kabupaten Sikka"],
    "birth_date": [
        "Komnas Perempuan lahir 15 Oktober 1998.",
        "Kartini lahir 21 April 1879.",
        "Ia lahir 1999.",
        "Hari Lahir Pancasila 1 Juni 2024",
    ],
    "health": ["HIV dan TPPO saling terkait.", "Korban hamil didampingi bidan.", "Klinik Melati Sehat menangani HIV."],
    "civil_servant_id": ["NIP terdiri dari 18 digit.", "Sebanyak 12 PNS ikut.", "NRP tidak dicatat."],
    "case_number": ["Putusan Nomor 91/PUU-XVIII/2020", "Surat Nomor 12/PL/2024", "Laporan LP3ES 2023", "Nomor 12/G/2023/PTUN.JKT"],
    "plate": ["Lulusan S 1 HUKUM", "Ruang B 12 dan D 4", "Kelas A 2024 DAN B 2024", "Tabel B 3 TPPO"],
    "device_id": ["Versi 10.2.300.4567", "Nomor 490154203237519", "IP Indonesia naik", "Pukul 10:20:30"],
    "travel_ref": ["Kode booking jangan dibagikan.", "Visa kerja diurus 14 hari.", "Penerbangan GA 448 setiap hari.", "Booking hotel"],
    "quasi_identifier": [
        "Perempuan usia 18-35 tahun dari Desa Contoh direkrut lewat Facebook pada 2023.",
        "Pelatihan di Desa Contoh pada 3 Mei 2024 diikuti guru SMP Contoh dan 12 bidan.",
        "Ia bekerja di kantor desa.",
    ],
    "small_number": [
        "Sebanyak <5 korban dari Kabupaten Belu.",
        "Di Kabupaten Belu terdapat 12 korban.",
        "Satu korban saja terlalu banyak.",
        "| Kegiatan | Hari |\n| Pelatihan | 3 |",
    ],
}

PROSE = """Desa Sukamaju membentuk gugus tugas pada Januari 2024 dan menganggarkan Rp75.000.000 dari dana desa.
Undang-Undang Nomor 18 Tahun 2017 tentang Pelindungan Pekerja Migran Indonesia memberi peran kepada desa.
Perda Kabupaten Sikka Nomor 4 Tahun 2021 mengatur pencegahan perdagangan orang.
Peraturan Presiden Nomor 49 Tahun 2023 mengubah susunan gugus tugas.
Dari 1.250 keluarga, 312 memiliki anggota yang bekerja di luar negeri.
Pelatihan berlangsung 12-14 Maret 2024 di Balai Desa dengan 45 peserta.
Anggaran tahun 2025 naik 12,5 persen menjadi Rp1.250.000.000.
Kepala desa, kader, dan tokoh agama bertemu setiap Jumat pukul 09.00-11.30.
Pasal 2 ayat (1) menyebut perekrutan, pengangkutan, dan penampungan.
Putusan Nomor 91/PUU-XVIII/2020 dibaca bersama di kelas hukum.
Jumlah calon pekerja yang melapor turun dari 87 menjadi 41 orang.
Yayasan Sahabat Pulih mendampingi 23 penyintas sepanjang 2023.
Solidaritas Perempuan Sumbawa dan LBH Mataram menyusun modul bersama.
Rumah aman dikelola dinas sosial dengan empat pekerja sosial.
Alamat rumah aman tidak boleh ditulis dalam laporan mana pun.
Penyintas berhak menentukan apakah ceritanya boleh dibagikan.
Korban anak didampingi pekerja sosial dan psikolog sejak pelaporan.
Ketua RT mencatat setiap tamu yang menginap lebih dari satu malam.
Tiga RT dan dua RW di dusun itu memiliki papan pengumuman.
Jalan menuju desa rusak sepanjang 12 kilometer.
Peta jalan 2025-2029 memuat lima tujuan dan 24 indikator.
Jalan tengah yang dipilih adalah musyawarah keluarga.
Bila ada keadaan darurat, hubungi 110 atau 129.
Layanan SAPA 129 menjawab 24 jam.
Surat edaran Nomor 440/1234/2024 dikirim ke seluruh kecamatan.
Berita acara Nomor 12/BA/GT-TPPO/III/2024 ditandatangani.
Kode wilayah 53.07.12.2004 dipakai dalam basis data.
ISBN 978-623-1234-56-7 tercetak di sampul belakang.
DOI 10.21831/jppm.v9i2.12345 memuat hasil penelitian.
ORCID penulis 0000-0001-5109-3700 ada di halaman akhir.
Unduh di https://jdih.kemenpppa.go.id/dokumen/2024/permen-12.
Biaya transportasi Rp150.000 per orang untuk 3 hari.
Harga tiket kapal Rp 325.000 dan penginapan Rp 200.000.
Tersangka dijerat Pasal 4 dan Pasal 10 UU TPPO.
Anak-anak sekolah belajar mengenali tawaran kerja palsu.
Forum Anak Desa menggambar peta tempat yang gelap.
Siswa SMK Negeri 2 mengikuti kelas literasi digital.
Presiden Joko Widodo menandatangani peraturan itu pada 2023.
Menteri Bintang Puspayoga membuka rapat koordinasi nasional.
Gubernur Nusa Tenggara Timur menetapkan moratorium.
Bupati Lembata mengirim surat kepada 151 kepala desa.
Komnas Perempuan lahir pada 15 Oktober 1998 setelah desakan masyarakat.
Gagasan ini lahir pada 3 Maret 2021 dalam obrolan warung kopi.
Hari Lahir Pancasila diperingati 1 Juni 2024.
BPJS Kesehatan menanggung biaya rawat inap bagi 1.234.567 peserta.
NIK tidak diminta dalam formulir pendaftaran.
KTP asli jangan dititipkan kepada siapa pun.
Paspor disimpan sendiri; fotokopinya disimpan keluarga.
Nomor telepon tidak dicatat dalam register desa.
Tabel 3.12 memuat data 2019, 2020, 2021, 2022, dan 2023.
Lihat halaman 112-118 dan lampiran 4.
Modul versi 2.1.0 menggantikan versi 1.9.4.
Kapal KM Bukit Siguntang singgah dua kali sebulan.
Pelabuhan Tanjung Priok dan Bandara Soekarno Hatta menjadi titik pantau.
Satgas Perlindungan Pekerja Migran bekerja di Entikong dan Nunukan.
Kader kesehatan menjelaskan HIV dan kehamilan dengan bahasa sederhana.
Puskesmas Waikabubak menyediakan layanan visum tanpa biaya.
Rekening kas desa menerima Rp45.500.000 pada tahap pertama.
Penyaluran dilakukan lewat Bank NTT dalam dua tahap pada 2024.
Rasio pendamping 1:25 dianggap layak oleh 7 dari 10 lembaga.
Suara Kasih Pertiwi dan Kelompok Tani Harapan Baru menjadi mitra.
Korban dari Sumba Timur, Malaka, dan Belu paling banyak dipulangkan.
Survivors decide what is told, and the village keeps no list of names.
Law No. 21 of 2007 and the Palermo Protocol are the two main instruments.
The shelter moved twice in 2022; its address is known to four people.
Sebanyak 2.310 awak kapal menjawab 12 pertanyaan dalam 18 bulan.
Ibu Kepala Desa membuka acara, Bapak Camat menutupnya.
Para ibu dan bapak menyepakati jadwal ronda 22.00-04.00.
Gang sempit di belakang pasar diterangi lampu surya.
Kampung KB di 12 kecamatan memperoleh 36 penyuluh.""".splitlines()

# Written to be slow.
HOSTILE = [
    "1 ", "123 ", "1234-", "0812 3456 7890 ", "a", "Ab ", "korban Abcdx Efghx ", "a@", "@a.", "Jl. A ", "jalan ab cd ",
    "rumah aman di belakang ", "lO", "dua, ", "%20", "&#48;", "lahir di ", "Ab bin ", "-7.12345 ", "e\u0301", "\u0301",
    "🙂", "rek 12345678 ", "akta lahir no ", "hamil Abcx Defx ", "f0", "a_b.", "(", "a [at] ", "\n", "3404051205909812",
    "inisial A.B. SMP Ab Desa Ab ", "GA 123 tiket ", "| 1 | 2 |\n", "LP/B/1/I/2020/", "usia 12, ", "korban Ab ", "Ibu Ab Cd ", "a . b @ gmail . com ", "III/",
]  # fmt: skip
