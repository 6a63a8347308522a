"""Hidden cases from a seed: messages that ask for stationery. Standard library only.

The same seed gives the same cases on every host: the only source of chance is `random.Random`. Openings, requests,
asides and endings are crossed with hundreds of names, units under several names, things in free numbers and ways of
writing.
"""

import hashlib
import random

# Each unit with the names that people give it.
UNITS = {
    "umum": ("Bidang Umum", "bagian umum", "rumah tangga kantor"),
    "keuangan": ("Bidang Keuangan", "bagian keuangan", "bendahara"),
    "kepegawaian": ("Bidang Kepegawaian", "bagian kepegawaian", "urusan SDM"),
    "perencanaan": ("Bidang Perencanaan", "bagian perencanaan", "tim penyusun program"),
    "arsip": ("Bidang Arsip", "bagian arsip", "depo arsip"),
    "pelayanan": ("Bidang Pelayanan", "bagian pelayanan", "loket depan"),
    "hukum": ("Bidang Hukum", "bagian hukum", "tim penyusun peraturan"),
    "data": ("Bidang Data", "bagian data", "ruang server"),
}
# Each thing with the ways of writing a number of it.
THINGS = {
    "kertas": ("{n} rim kertas", "kertas HVS {n} rim", "kertas A4 sebanyak {n} rim"),
    "map": ("{n} map", "map {n} lembar", "map plastik {n} buah"),
    "tinta": ("{n} botol tinta", "tinta printer {n} botol", "tinta isi ulang {n} botol"),
    "pulpen": ("{n} pulpen", "pulpen {n} batang", "{n} buah pulpen hitam"),
    "stapler": ("{n} stapler", "stapler {n} buah", "{n} buah stapler besar"),
    "amplop": ("{n} pak amplop", "amplop {n} pak", "amplop dinas {n} pak"),
    "baterai": ("{n} baterai", "baterai AA {n} buah", "{n} buah baterai"),
    "spidol": ("{n} spidol", "spidol {n} batang", "spidol papan tulis {n} buah"),
    "buku agenda": ("{n} buku agenda", "buku agenda {n} jilid", "{n} jilid buku agenda"),
    "lakban": ("{n} gulung lakban", "lakban {n} gulung", "lakban cokelat {n} gulung"),
}
DAYS = ("senin", "selasa", "rabu", "kamis", "jumat")
NUMBERS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
FIRST = (
    "Wulan Yohanes Teguh Ratna Hendra Marlina Pandu Edison Herlina Siti Bagus Made Ketut Fransiska Rahmat Dewi Ucok "
    "Lasmini Arman Nurul Petrus Sulastri Jaya Intan Galuh Sabar Mutia Rendra Cahya Tirta"
).split()
LAST = (
    "Kambuaya Pattiasina Sembiring Wijayanti Lubis Gultom Laksmana Koroh Rahayu Nainggolan Suwarni Mahendra Lestari "
    "Tanjung Wenda Siregar Prabawa Manurung Handoko Saleh Rumbiak Utami Batubara Kusuma Nasution Yulianto"
).split()
OPENINGS = (
    "Selamat pagi, saya {who} dari {unit}.",
    "Kepada petugas gudang: {unit} mengajukan permintaan, dicatat oleh {who}.",
    "Pak, ini {who}, {unit}.",
    "NOTA PERMINTAAN BARANG\nDari: {unit}\nPetugas: {who}\n",
    "Permisi, {who} di sini. Titip permintaan {unit} ya.",
    "Atas nama {unit}, {who} menyampaikan kebutuhan alat tulis bulan ini.",
)
REQUESTS = (
    "Kami perlu {things}.",
    "Mohon disiapkan {things}.",
    "Tolong keluarkan dari gudang: {things}.",
    "Yang habis dan perlu diganti ialah {things}.",
    "Minta {things} kalau masih ada.",
)
# What is on the shelf is not asked for.
ASIDES = ("Stok {other} kami masih {m}, jangan ditambah.", "Jangan kirim {other} dulu, masih ada {m}.", "", "", "")
ENDINGS = (
    "Diperlukan hari {day}.",
    "Paling lambat {day} pagi.",
    "Kami ambil {day} siang.",
    "Untuk acara hari {day}.",
)
THANKS = ("Terima kasih.", "Makasih banyak.", "Hormat kami.", "Demikian, terima kasih atas bantuannya.", "")


def generate(seed, count):
    """`count` cases as dicts {"id", "input", "expected"}; every unit comes up about equally often."""
    rng = random.Random(int.from_bytes(hashlib.sha256(b"permintaan-alat/1\0" + seed).digest(), "big"))
    units, seen = [], set()
    for number in range(1, count + 1):
        if not units:
            units = sorted(UNITS)
            rng.shuffle(units)
        unit = units.pop()
        case = make(rng, unit)
        while case["input"]["teks"] in seen:
            case = make(rng, unit)
        seen.add(case["input"]["teks"])
        yield {"id": f"k{number:03}", **case}


def make(rng, unit):
    """One message, and the slip that a careful clerk fills from it."""
    names = rng.sample(sorted(THINGS), rng.randrange(1, 5))
    other = rng.choice([name for name in sorted(THINGS) if name not in names])
    wanted = [{"nama": name, "jumlah": rng.randrange(1, 25)} for name in names]
    day = rng.choice((*DAYS, None))
    who = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    parts = [
        rng.choice(OPENINGS).format(who=who, unit=rng.choice(UNITS[unit])),
        rng.choice(REQUESTS).format(things=joined([written(rng, thing) for thing in wanted])),
        rng.choice(ASIDES).format(other=other, m=rng.randrange(25, 60)),
        rng.choice(ENDINGS).format(day=day.capitalize()) if day else "",
        rng.choice(THANKS),
    ]
    expected = {"bidang": unit, "barang": wanted, "hari": day}
    return {"input": {"teks": " ".join(part for part in parts if part)}, "expected": expected}


def written(rng, thing):
    """A thing and its number as people write it: in figures, in words, twelve as a dozen."""
    number = thing["jumlah"]
    spelled = NUMBERS[number] if number < len(NUMBERS) and rng.random() < 0.4 else str(number)
    if number == 12 and rng.random() < 0.5:
        spelled = "selusin"
    return rng.choice(THINGS[thing["nama"]]).format(n=spelled)


def joined(texts):
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} dan {texts[-1]}"
