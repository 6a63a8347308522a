"""A sheet of paper being written: text with the facts that stand in it.

A kind of letter sets facts and writes lines. `{name}` in a line is the place of a fact or of a given word; everything
else is wording, and only wording is damaged by noise, so that what is expected stays true.
"""

import re

import generate_words as words

SLOT = re.compile(r"\{(\w+)\}")

# How people shorten in messages.
SHORT = {
    "yang": "yg",
    "dengan": "dgn",
    "untuk": "utk",
    "tanggal": "tgl",
    "tidak": "tdk",
    "karena": "krn",
    "sudah": "sdh",
    "belum": "blm",
    "dari": "dr",
    "pada": "pd",
    "saya": "sy",
    "mohon": "mhn",
    "terima kasih": "makasih",
    "sampai": "smp",
    "bapak": "bpk",
    "kepada": "kpd",
    "orang": "org",
}


class Sheet:
    """`noise` is none, typing, scan or message. `truth` and `also` grow with the facts that were really written."""

    def __init__(self, rng, noise="none"):
        self.rng = rng
        self.noise = noise
        self.facts = {}
        self.truth = {}
        self.also = {}
        self.dropped = set()
        self.lines = []

    @property
    def loose(self):
        return self.noise == "message"

    def maybe(self, chance, *names):
        """Decide that each of `names` is left out of this letter with 1 - `chance`."""
        self.dropped |= {name for name in names if self.rng.random() >= chance}

    def fact(self, name, truth, surface=None, also=()):
        """Set a fact: the value a form wants and how the letter writes it."""
        self.facts[name] = (truth, str(truth if surface is None else surface), tuple(also))

    def date(self, name, date, surface=None):
        self.fact(name, date.isoformat(), surface or words.written_date(self.rng, date, loose=self.loose))

    def time(self, name, hour, minute=0):
        self.fact(name, f"{hour:02}:{minute:02}", words.written_time(self.rng, hour, minute))

    def amount(self, name, number):
        self.fact(name, number, words.written_amount(self.rng, number, loose=self.loose))

    def person(self, name, titles=True):
        plain = words.person(self.rng)
        self.fact(name, plain, words.titled(self.rng, plain) if titles else plain)
        return plain

    def phone(self, name="telepon"):
        number = words.phone(self.rng)
        self.fact(name, number, words.written_phone(self.rng, number))

    def nip(self, name="nip"):
        number = words.nip(self.rng)
        self.fact(name, number, words.written_nip(self.rng, number))

    def choice(self, name, options):
        self.fact(name, self.rng.choice(options))

    def line(self, *variants, **given):
        """Write one of `variants`. Not written at all where a fact it names is left out; returns whether it was."""
        written = self._fill(self.rng.choice(variants), given)
        if written is None:
            return False
        self.lines.append(written)
        return True

    def prose(self, *segments, **given):
        """Write a paragraph of segments, each a text or variants; those that name a fact left out are skipped."""
        chosen = [self.rng.choice((part,) if isinstance(part, str) else part) for part in segments]
        written = [self._fill(part, given) for part in chosen]
        self.lines.append("".join(part for part in written if part is not None).strip(" ,;"))

    def _fill(self, variant, given):
        """The variant with its slots filled, None where it names a fact that is left out."""
        pieces = []
        if any(name in self.dropped for name in SLOT.findall(variant)):
            return None
        for position, piece in enumerate(SLOT.split(variant)):
            if position % 2 == 0:
                pieces.append(self._spoil(piece))
            elif piece in given:
                pieces.append(str(given[piece]))
            else:
                truth, surface, also = self.facts[piece]
                self.truth[piece] = truth
                if also:
                    self.also[piece] = list(also)
                pieces.append(self._spoil_figures(surface, truth))
        return "".join(pieces)

    def gap(self):
        self.lines.append("")

    def text(self):
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()

    def _spoil(self, wording):
        if self.noise == "message":
            return self._shorten(wording)
        if self.noise == "typing":
            return re.sub(r"[a-z]{6,}", self._slip, wording)
        if self.noise == "scan":
            wording = re.sub(r"[a-z]{5,}", self._misread, wording)
            return re.sub(r" ", lambda _: "  " if self.rng.random() < 0.04 else " ", wording)
        return wording

    def _shorten(self, wording):
        for long, short in SHORT.items():
            if self.rng.random() < 0.6:
                wording = re.sub(rf"\b{long}\b", short, wording)
        return wording

    def _slip(self, word):
        """Two letters swapped, or one left out, in a few words."""
        letters, at = word[0], self.rng.randrange(1, len(word[0]) - 1)
        if self.rng.random() >= 0.06:
            return letters
        if self.rng.random() < 0.5:
            return letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
        return letters[:at] + letters[at + 1 :]

    def _misread(self, word):
        letters = word[0]
        if self.rng.random() >= 0.08:
            return letters
        for good, bad in (("rn", "m"), ("i", "l"), ("o", "0"), ("l", "1")):
            if good in letters:
                return letters.replace(good, bad, 1)
        return letters

    def _spoil_figures(self, surface, truth):
        """A scan takes O for 0 and l for 1 in amounts and long numbers, where the reading stays certain."""
        if self.noise != "scan" or self.rng.random() >= 0.3:
            return surface
        if isinstance(truth, int) and surface.startswith("Rp"):
            return re.sub(r"(?<=[\d.])0", "O", surface, count=2)
        if re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", surface):
            good, bad = self.rng.choice((("0", "O"), ("1", "l")))
            return surface.replace(good, bad, 1)
        return surface
