"""Names of agencies about which a person is asked, and those about which nobody is bothered."""

from itertools import combinations

import pytest

from hackathon.teams.agencies import listed
from judging.agencies.likeness import alike

ASKED = [
    ("Dinas Kominfo Kab. Sukaraya", "Dinas Komunikasi dan Informatika Kabupaten Sukaraya"),
    ("Diskominfo Kota Sukaraya", "Dinas Komunikasi dan Informatika Kota Sukaraya"),
    ("Dinas Kominfo Kota Sukaraya", "Dinas Komunikasi, Informatika, dan Statistik Kota Sukaraya"),
    ("Dinkes Sukaraya", "Dinas Kesehatan Kota Sukaraya"),
    ("Dinas Kesehatan", "Dinas Kesehatan Kota Sukaraya"),
    ("BPBD Kab. Sukaraya", "Badan Penanggulangan Bencana Daerah Kabupaten Sukaraya"),
    ("DPRKP Kota Sukaraya", "Dinas Perumahan Rakyat dan Kawasan Permukiman Kota Sukaraya"),
    ("Kemenkes RI", "Kementerian Kesehatan"),
    ("Direktorat Jenderal Pajak, Kementerian Keuangan", "Kementerian Keuangan"),
    ("Ditjen Pajak Kemenkeu", "Kementerian Keuangan"),
    ("Pusdatin Kemenkes", "Kemenkes"),
    ("Ditjen Pajak Kemenkeu", "Direktorat Jenderal Pajak"),
    ("Pemkot Sukaraya", "Dinas Kesehatan Kota Sukaraya"),
    ("Kecamatan Rawa, Kota Sukaraya", "Pemerintah Kota Sukaraya"),
    ("Fakultas Hukum Universitas Nusa Jaya", "Universitas Nusa Jaya"),
    ("Univ. Nusa Jaya", "Universitas Nusa Jaya"),
    ("Universitas Nusa Jaya, Fakultas Hukum", "Universitas Nusa Jaya"),
    ("Bappeda Provinsi Nusa Jaya Bidang Litbang", "Bappeda Prov. Nusa Jaya"),
    ("Universitas Nusa Jaya (UNJ)", "Universitas Nusa Jaya"),
    ("UNJA", "Universitas Nusa Jaya Agung"),
    ("Dinas Pendidikan Kota Sukaraya", "Dinas Pendidikan dan Kebudayaan Kota Sukaraya"),
    ("Dinas Komunkasi dan Informatika Kota Sukaraya", "Dinas Komunikasi dan Informatika Kota Sukaraya"),
    ("Kementerian Kesehtaan", "Kementerian Kesehatan"),
    ("Puskesmas Rawa Kota Sukaraya", "Pemerintah Kota Sukaraya"),
]

QUIET = [
    ("Dinas Kesehatan Kota Sukaraya", "Dinas Pendidikan Kota Sukaraya"),
    ("Dinas Kesehatan Kota Bima", "Dinas Kesehatan Kabupaten Bima"),
    ("Dinas Kominfo Kab. Sukaraya", "Dinas Kominfo Kab. Sukamaju"),
    ("Pemerintah Kabupaten Bandung", "Dinas Sosial Kabupaten Bandung Barat"),
    ("Dinas Sosial Kabupaten Bandung", "Dinas Sosial Kabupaten Bandung Barat"),
    ("Pemerintah Provinsi Nusa Jaya", "Dinas Sosial Kota Sukaraya Provinsi Nusa Jaya"),
    ("Universitas Indonesia", "Universitas Pendidikan Indonesia"),
    ("Universitas Indonesia", "Universitas Islam Indonesia"),
    ("Bank Indonesia", "Bank Rakyat Indonesia"),
    ("Universitas Nusa", "Universitas Nusa Jaya"),
    ("Universitas Nusa Jaya", "Pemerintah Provinsi Nusa Jaya"),
    ("Kementerian Kesehatan", "Dinas Kesehatan Kota Sukaraya"),
    ("Kementerian Hukum", "Kementerian Hak Asasi Manusia"),
    ("BKD Kota Sukaraya", "BPBD Kota Sukaraya"),
    ("RSUD Sukaraya", "RSUD Sukamaju"),
    ("Komunitas Data Sukaraya", "Dinas Kominfo Kota Sukaraya"),
    ("SMA Negeri 1 Sukaraya", "SMA Negeri 2 Sukaraya"),
    ("Dinas", "Dinas Kesehatan Kota Sukaraya"),
    ("Kota", "Kota Sukaraya"),
    ("", "Kementerian Kesehatan"),
    ("", ""),
    ("?!", "-"),
    ("Kemenkes", "Kementerian Kesehatan"),
    ("dpmptsp  kota sukaraya.", "DPMPTSP Kota Sukaraya"),
]


@pytest.mark.parametrize(("one", "other"), ASKED)
def test_it_is_asked(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(("one", "other"), QUIET)
def test_it_is_not_asked(one: str, other: str) -> None:
    assert not alike(one, other)
    assert not alike(other, one)


def test_the_offices_of_a_city_and_of_its_neighbour_make_no_questions() -> None:
    offices = [
        "Dinas Kesehatan", "Dinas Pendidikan", "Dinas Kominfo", "Dinas Perhubungan", "Dinas Sosial", "Bappeda",
        "Dinas Lingkungan Hidup", "Dinas Kependudukan dan Pencatatan Sipil", "BPBD", "BKPSDM", "Bapenda", "RSUD",
        "Dinas Pekerjaan Umum dan Penataan Ruang", "Inspektorat", "Sekretariat Daerah", "Satpol PP", "DPMPTSP",
    ]  # fmt: skip
    places = ["Kota Sukaraya", "Kabupaten Sukaraya", "Kabupaten Sukaraya Barat", "Kota Sukamaju"]
    names = [f"{office} {place}" for office in offices for place in places]
    assert [pair for pair in combinations([*names, *listed()], 2) if alike(*pair)] == []
