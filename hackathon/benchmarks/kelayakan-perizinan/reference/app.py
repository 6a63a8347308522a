"""Acuan yang lebih kuat: setiap jenis syarat dikenali dari bunyinya, faktanya dicari di barisnya, lalu dibandingkan."""

import re

import numbers_id as read

VALID = r"masih berlaku"
PAPER = r"^(.*) dilampirkan\.$"
LINES = (
    ("luas", r"m2", r"(?i)luas|ukuran|ruang|bangunan|lahan|toko|salon|bengkel"),
    ("umur", r"berumur", r"(?i)lahir|umur|usia"),
    ("modal", r"[Mm]odal", r"(?i)modal|Rp|juta"),
    ("pekerja", r"[Pp]ekerja", r"(?i)pekerja|pegawai|karyawan|bekerja|orang"),
    ("jarak", r"[Ss]ekolah", r"(?i)sekolah|\bSD\b|SMP|SMA|\bTK\b"),
    ("jam", r"[Tt]utup|[Jj]am buka", r"(?i)buka|tutup"),
    ("parkir", r"parkir", r"(?i)parkir|halaman"),
    ("riwayat", r"dicabut", r"(?i)izin|riwayat|catatan|dicabut"),
    ("limbah", r"[Ll]imbah|Air bekas|Oli", r"(?i)limbah|air bekas|oli\b|bekas cucian"),
    ("letak", r"zona", r"(?i)zona"),
)


# Lines that speak of somebody else, of once, or of plans.
BESIDE = (
    r"(?i)tahun depan|rencana|pendamping|pemilik lama|tanah|pasar|masjid|sewa |sebelumnya|yang lama di|adik"
    r"|tetangga dicabut|dulu"
)


def predict(task, input):
    rules = [rule | {"bunyi": holding(rule["bunyi"], input["izin"])} for rule in input["aturan"]]
    return {"putusan": [decide(file, rules) for file in input["berkas"]]}


def holding(wording, licence):
    """The wording with the bound that holds for this licence."""
    general, *special = re.split(r"; untuk ", wording)
    if special and special[0].startswith(licence):
        bound = special[0].removeprefix(licence).strip()
        return re.sub(rf"(?i)(?:pukul |Rp)?{read.NUMBER}.*", bound, general, count=1)
    return general


def decide(file, rules):
    asked = re.search(rf"(?i)(?:permohonan:? |diajukan |pada )({read.DATE})", file["isi"])
    text = "\n".join(line for line in file["isi"].split("\n") if not re.search(BESIDE, line))
    trail = [step(rule, text, read.date(asked[1])[0] if asked else None) for rule in rules]
    broken = [row["pasal"] for row in trail if row["dipenuhi"] is False]
    left = [row["pasal"] for row in trail if row["dipenuhi"] is None]
    verdict = "tolak" if broken else "lengkapi" if left else "terima"
    return {"id": file["id"], "keputusan": verdict, "pasal": broken or left, "jejak": trail}


def step(rule, text, asked):
    met, quote = check(rule["bunyi"], text, asked)
    return {"pasal": rule["pasal"], "dipenuhi": met, "bukti": quote}


def check(wording, text, asked):
    """Whether a rule is met (None: the file does not say), and the words that decide."""
    paper = re.match(PAPER, wording)
    if paper:
        found = re.search(
            rf"(?i){re.escape(paper[1])}(?! menyusul)[^;,\n]*(?:, terlampir)?", text.split("ampiran:")[-1]
        )
        return (True, found[0]) if found else (None, "")
    if re.search(VALID, wording):
        name = wording.split(" masih")[0].split()
        for line in text.split("\n"):
            when = read.date(line)
            if when and any(word.lower() in line.lower() for word in name if word.lower() != "surat") and asked:
                return when[0] >= asked, re.search(r"(?i)(?:berlaku )?(?:sampai |hingga |s\.d\. )?" + when[1], line)[0]
        return None, ""
    for kind, in_rule, in_file in LINES:
        if re.search(in_rule, wording):
            for line in text.split("\n")[1:]:
                found = fact(kind, wording, line, asked) if re.search(in_file, line) else None
                if found:
                    return found
            return None, ""
    return None, ""


def fact(kind, wording, line, asked):
    """What a line says of one kind of rule, or None."""
    if kind == "luas":
        return least(read.size(line), read.size(wording))
    if kind == "jarak":
        return least(read.length(line), read.length(wording))
    if kind == "parkir":
        return least(read.counted(line, "kendaraan|mobil|motor"), read.counted(wording, "kendaraan"))
    if kind == "pekerja":
        return most(read.counted(line, "orang"), read.counted(wording, "orang"))
    if kind == "modal":
        return most(read.money(line), read.money(wording))
    if kind == "jam":
        found, limit = read.closing(line), re.search(r"pukul (\d+)", wording)
        return (found[0] <= int(limit[1]), found[1]) if found else None
    if kind == "umur":
        return aged(line, read.counted(wording, "tahun")[0], asked)
    if kind == "riwayat":
        years, year = read.counted(wording, "tahun"), re.search(r"dicabut (?:tahun |\w+ )?(\d{4})", line)
        if year:
            return int(year[1]) <= asked.year - years[0], year[0]
        clean = re.search(
            r"(?i)belum pernah.*|belum ada|.*habis dengan sendirinya|tidak ada|tidak pernah.*|izin pertama.*|bersih",
            line,
        )
        return (True, clean[0].rstrip(".")) if clean else None
    if kind == "limbah":
        bad = re.search(r"(?i)(?:dialirkan|dibuang|langsung) ke [\w ]+|belum ada penampungan", line)
        good = re.search(r"(?i)[\w ]*(?:bak|ditampung|diangkut|tangki|drum|dijemput|diserahkan)[\w ]*", line)
        return (False, bad[0]) if bad else (True, good[0].strip()) if good else None
    zone = re.search(r"zona (\w+)", line, re.IGNORECASE)
    return ((zone[1].lower() in wording) != ("tidak berada" in wording), zone[0]) if zone else None


def least(found, limit):
    return (found[0] >= limit[0], found[1]) if found and limit else None


def most(found, limit):
    return (found[0] <= limit[0], found[1]) if found and limit else None


def aged(line, years, asked):
    born = read.date(line)
    if born and asked:
        age = asked.year - born[0].year - ((asked.month, asked.day) < (born[0].month, born[0].day))
        return age >= years, born[1]
    return least(read.counted(line, "tahun"), (years, ""))
