"""A paper being written: wording, and personal data that stand in it under a mark.

A line holds slots `{name}`. A slot of a personal datum is written between marks, so that afterwards the data are known
exactly as they were written; damage touches only the wording outside.
"""

import re

import generate_words as words

SLOT = re.compile(r"\{(\w+)\}")
MARKED = re.compile("\x01(\\w+)\x02([^\x03]*)\x03")
SHORT = {
    "yang": "yg", "dengan": "dgn", "untuk": "utk", "tidak": "tdk", "sudah": "sdh", "segera": "sgr", "saya": "sy",
    "mohon": "mhn", "karena": "krn", "kepada": "kpd", "dari": "dr", "nomor": "no", "terima kasih": "makasih",
}  # fmt: skip


class Paper:
    """`noise` is none, typing, message or scan. Facts are made once and keep their value through the paper."""

    def __init__(self, rng, noise="none"):
        self.rng = rng
        self.noise = noise
        self.region, self.domain = rng.choice(words.REGIONS)
        self.office, self.short = rng.choice(words.OFFICES)
        self.facts = {}
        self.lines = []

    def line(self, *variants):
        """Write one of the variants."""
        self.lines.append(self._fill(self.rng.choice(variants)))

    def maybe(self, chance, *variants):
        if self.rng.random() < chance:
            self.line(*variants)

    def gap(self):
        self.lines.append("")

    def finished(self):
        """The text, and the personal data in it as [{"jenis", "teks"}], in order, each once."""
        marked = re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()
        found = dict.fromkeys(MARKED.findall(marked))
        return MARKED.sub(r"\2", marked), [{"jenis": kind, "teks": text} for kind, text in found]

    def _fill(self, variant):
        pieces = SLOT.split(variant)
        return "".join(self._spoil(piece) if at % 2 == 0 else self._fact(piece) for at, piece in enumerate(pieces))

    def _fact(self, name):
        if name not in self.facts:
            self.facts[name] = self._make(name.rstrip("0123456789"))
        return self.facts[name]

    def _make(self, kind):
        rng = self.rng
        match kind:
            case "nama":
                return _mark("nama", words.written_name(rng, words.person(rng)))
            case "nik" | "nip" | "npwp":
                return _mark(kind, self._misread(getattr(words, kind)(rng)))
            case "telepon":
                return _mark("telepon", words.phone(rng))
            case "alamat":
                return _mark("alamat", words.address(rng))
            case "wilayah":
                return self.region
            case "kantor":
                return self.office
            case "singkatan":
                return self.short
            case "domain":
                return self.domain
            case "jabatan":
                return rng.choice(words.POSTS)
            case "tanggal":
                return words.date(rng)
            case "rupiah":
                return words.amount(rng)
            case "surat":
                return words.letter_number(rng, self.short)
            case "tempat":
                return rng.choice(words.PLACES)
            case "loket":
                return words.office_phone(rng)
            case "alamatkantor":
                return f"Jalan {rng.choice(words.STREETS)} Nomor {rng.randrange(1, 99)}"
            case "va":
                return words.virtual_account(rng)
            case "tiket":
                return words.ticket(rng)
            case "kode":
                return words.digits(rng, 6)
            case "jam":
                return f"{rng.randrange(8, 17):02}.{rng.choice(('00', '15', '30', '45'))}"
            case "rekening":
                return words.digits(rng, 10)
        raise ValueError(f"no fact of the kind {kind}")

    def _misread(self, number):
        """A scan takes O for 0 in long numbers; the datum is what stands there."""
        if self.noise == "scan" and self.rng.random() < 0.3:
            at = number.rfind("0")
            return number if at < 3 else number[:at] + "O" + number[at + 1 :]
        return number

    def _spoil(self, wording):
        if self.noise == "message":
            for long, short in SHORT.items():
                if self.rng.random() < 0.5:
                    wording = re.sub(rf"\b{long}\b", short, wording)
            return wording
        if self.noise in ("typing", "scan"):
            return re.sub(r"\b[a-z]{6,}\b(?![.@/-])(?<![.@/-])", self._slip, wording)
        return wording

    def _slip(self, word):
        letters = word[0]
        if self.rng.random() >= 0.05:
            return letters
        at = self.rng.randrange(1, len(letters) - 1)
        return letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]


def _mark(kind, text):
    return f"\x01{kind}\x02{text}\x03"
