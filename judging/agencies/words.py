"""What people write short in names of agencies, and which words tell the kind of one."""

from collections.abc import Mapping

SHORT: Mapping[str, str] = {
    "bag": "bagian",
    "bpbd": "badan penanggulangan bencana daerah",
    "bkd": "badan kepegawaian daerah",
    "bkpsdm": "badan kepegawaian pengembangan sumber daya manusia",
    "bkpsdmd": "badan kepegawaian pengembangan sumber daya manusia daerah",
    "bkpp": "badan kepegawaian pendidikan pelatihan",
    "bpsdm": "badan pengembangan sumber daya manusia",
    "bpkad": "badan pengelolaan keuangan aset daerah",
    "bpkd": "badan pengelolaan keuangan daerah",
    "bapenda": "badan pendapatan daerah",
    "bappeda": "badan perencanaan pembangunan daerah",
    "bappelitbangda": "badan perencanaan pembangunan penelitian pengembangan daerah",
    "bappedalitbang": "badan perencanaan pembangunan daerah penelitian pengembangan",
    "bapperida": "badan perencanaan pembangunan riset inovasi daerah",
    "kesbangpol": "kesatuan bangsa politik",
    "dinkes": "dinas kesehatan",
    "dinsos": "dinas sosial",
    "disbudpar": "dinas kebudayaan pariwisata",
    "disdik": "dinas pendidikan",
    "disdikbud": "dinas pendidikan kebudayaan",
    "disdikpora": "dinas pendidikan pemuda olahraga",
    "disdukcapil": "dinas kependudukan pencatatan sipil",
    "dukcapil": "kependudukan pencatatan sipil",
    "dishub": "dinas perhubungan",
    "diskominfo": "dinas komunikasi informatika",
    "diskominfos": "dinas komunikasi informatika statistik",
    "diskominfotik": "dinas komunikasi informatika statistik",
    "diskominfosantik": "dinas komunikasi informatika persandian statistik",
    "kominfo": "komunikasi informatika",
    "disnaker": "dinas tenaga kerja",
    "disnakertrans": "dinas tenaga kerja transmigrasi",
    "dispar": "dinas pariwisata",
    "dispora": "dinas pemuda olahraga",
    "disperindag": "dinas perindustrian perdagangan",
    "distan": "dinas pertanian",
    "dlh": "dinas lingkungan hidup",
    "dpmd": "dinas pemberdayaan masyarakat desa",
    "dpmptsp": "dinas penanaman modal pelayanan terpadu satu pintu",
    "dpupr": "dinas pekerjaan umum penataan ruang",
    "dprd": "dewan perwakilan rakyat daerah",
    "ditjen": "direktorat jenderal",
    "dirjen": "direktorat jenderal",
    "dit": "direktorat",
    "itjen": "inspektorat jenderal",
    "setjen": "sekretariat jenderal",
    "sekjen": "sekretariat jenderal",
    "sesjen": "sekretariat jenderal",
    "setda": "sekretariat daerah",
    "sekda": "sekretariat daerah",
    "setwan": "sekretariat dewan perwakilan rakyat daerah",
    "kanwil": "kantor wilayah",
    "kemen": "kementerian",
    "pusdatin": "pusat data informasi",
    "pusdiklat": "pusat pendidikan pelatihan",
    "pupr": "pekerjaan umum penataan ruang",
    "puskesmas": "pusat kesehatan masyarakat",
    "rs": "rumah sakit",
    "rsud": "rumah sakit umum daerah",
    "satpol": "satuan polisi",
    "pp": "pamong praja",
    "ti": "teknologi informasi",
    "tik": "teknologi informasi komunikasi",
    "univ": "universitas",
    "poltek": "politeknik",
}
"""By the word; what it stands for has no small words like `dan`."""

SMALL = frozenset(
    ["dan", "di", "dari", "pada", "untuk", "serta", "the", "of", "and", "pemerintah", "republik", "indonesia"]
)
"""Words that tell no agency from another. `indonesia` stays where it is a part of a name: see `NAMED_BY_COUNTRY`."""

NAMED_BY_COUNTRY = frozenset({"universitas", "bank", "politeknik", "institut", "yayasan", "ikatan", "perhimpunan"})

REGIONS = frozenset(["provinsi", "kabupaten", "kota", "kecamatan", "kelurahan", "desa"])
"""Words before the name of a region."""

OFFICES = frozenset(
    ["dinas", "badan", "kantor", "kementerian", "sekretariat", "inspektorat", "direktorat", "biro", "bagian"]
)
"""Kinds of offices that are often renamed by a word more or less: with the same place they are likely the same one."""

UNITS = frozenset(
    {"bidang", "seksi", "subbagian", "subbag", "deputi", "fakultas", "jurusan", "pusat", "balai", "unit", "upt", "uptd"}
)
"""Words with which the name of a part begins."""

KINDS = REGIONS | OFFICES | UNITS | {"jenderal", "daerah", "umum", "universitas", "wilayah", "lembaga"}
"""Words that name no agency by themselves."""
