"""What a citizen says, turn by turn, and the right answer to each.

No turn leans on what was answered: follow-ups lean on the citizen's own earlier words.
"""

import generate_conditions as conditions
import generate_services as services
import generate_words as words
from generate_phrases import ABROAD, AGAIN, BACK, FULL, HOSTILE, LACKING, SHORT

MOST_TURNS = 4
"""Beside a state that is told after being asked for."""

LASTING = ("domisili", "kartu")
"""States that stay a person's whatever they ask for."""

REFUSED = "Maaf, panduan layanan kami tidak memuat hal itu, jadi kami tidak dapat menjawabnya."


def answer(text, act, *, cited=(), facts=(), agency=None, category=None, again=None, recalled=False):
    """The right answer, and what it is tested for."""
    right = {"jawaban": text, "rujukan": list(cited), "tindakan": act, "instansi": agency, "kategori": category}
    return right, {"fakta": [dict(fact) for fact in facts], "ulang": again, "ingat": recalled}


class Talk:
    """One conversation: `play` gives its turns as `(said, answer, what it is tested for)`."""

    def __init__(self, rng, held, topics):
        self.rng, self.held, self.topics = rng, held, topics
        self.voice = words.voice(rng)
        self.turns = []
        self.service = self.aspect = self.state = self.who = self.day = None
        self.lasting = {}
        self.away = False
        self.answered = None  # the turn that answered last

    def play(self):
        rng = self.rng
        self.open()
        aside = rng.choice((["out"], ["out"], ["complain"], ["complain"], ["out", "complain"]))
        again = rng.random() < 0.5
        middle = rng.sample(("follow", "change", "correct", "switch"), 1 if again else rng.choice((1, 2)))
        steps = middle + aside
        rng.shuffle(steps)
        for step in steps[: MOST_TURNS - len(self.turns) - again]:
            getattr(self, step)()
        if again:
            self.repeat()
        return self.turns

    def say(self, text, told):
        right, tested = told
        self.turns.append((self.voice(text, not self.turns), right, tested))
        self.away = right["tindakan"] in ("tolak", "teruskan")
        if right["tindakan"] == "jawab":
            self.answered = len(self.turns) - 1

    def told(self, **kept):
        """The answer as things stand: from the handbook, or a question for what nobody has said."""
        aspect = self.service["aspects"][self.aspect]
        at = self.state if aspect["split"] else int(self.day == "Jumat")
        if at is None:
            fields = self.service["fields"]
            asked = conditions.ASKED[self.service["kind"]].format(**fields)
            return answer(f"Boleh kami tahu, {asked}?", "tanya", cited=[aspect["pasal"]])
        text = aspect["answers"][at].replace("pada hari itu", f"hari {self.day}")
        return answer(text, "jawab", cited=[aspect["pasal"]], facts=aspect["facts"][at], **kept)

    def phrase(self, forms):
        self.day = self.rng.choice(("Jumat", "Jumat", "Senin", "Rabu", "Kamis")) if self.aspect == "jam" else None
        return self.rng.choice(forms[self.aspect]).format(s=self.rng.choice(self.service["called"]), day=self.day)

    def person(self, state, form):
        """Words that tell a state: of the citizen (`says`) or of somebody else (`kin`)."""
        rng, fields = self.rng, self.service["fields"]
        bound = fields["bound"]
        low = rng.randrange(bound - 5, bound) if self.service["kind"] == "umur" else rng.randrange(1, bound)
        high = rng.randrange(bound + 1, bound + 30 if self.service["kind"] == "umur" else bound + 12)
        text = rng.choice(conditions.CONDITIONS[self.service["kind"]][state][form])
        return text.format(kin=rng.choice(words.KIN), low=low, high=high, **fields)

    def open(self, service=None):
        """A question, with what decides or without it."""
        rng = self.rng
        self.service = service or rng.choice(self.held)
        self.aspect = rng.choice(sorted(self.service["aspects"]))
        self.state = self.who = None
        question = self.phrase(FULL)
        if not self.service["aspects"][self.aspect]["split"]:
            self.say(question, self.told())
        elif rng.random() < 0.45 and not service:
            self.say(question, self.told())
            self.supply()
        else:
            known = self.lasting.get(self.service["kind"])
            if known is not None and rng.random() < 0.5:
                self.state = known
                return self.say(question, self.told(recalled=True))
            self.be(rng.randrange(2) if known is None else known)
            said = (
                f"{_upper(self.who)}. {_upper(question)}" if rng.random() < 0.6 else f"{question} {_upper(self.who)}."
            )
            self.say(said, self.told())
        return None

    def be(self, state):
        """The citizen's own state from here on."""
        self.state = state
        self.who = self.person(state, "says")
        if self.service["kind"] in LASTING:
            self.lasting[self.service["kind"]] = state

    def supply(self):
        self.be(self.rng.randrange(2))
        form = self.rng.choice(("Oh iya, {w}.", "{W}.", "{W}, jadi bagaimana?", "Lupa bilang, {w}."))
        self.say(form.format(w=self.who, W=_upper(self.who)), self.told(recalled=True))

    def follow(self):
        """Another aspect of the same service, which is not named again."""
        others = [name for name in sorted(self.service["aspects"]) if name != self.aspect]
        self.aspect = self.rng.choice(others)
        self.say(self.back() + self.phrase(SHORT), self.told(recalled=True))
        if self.turns[-1][1]["tindakan"] == "tanya":
            self.supply()

    def change(self):
        """The same for somebody else."""
        if not self.service["aspects"][self.aspect]["split"] or self.state is None:
            return self.follow()
        self.state = 1 - self.state
        self.who = f"untuk {self.person(self.state, 'kin')}"
        # Whom a later question is about, nobody could tell.
        self.lasting.clear()
        form = self.rng.choice(("Kalau {w} bagaimana?", "Nah kalau {w}?", "Terus kalau {w}, sama tidak?"))
        return self.say(self.back() + form.format(w=self.who), self.told(recalled=True))

    def correct(self):
        """What was said was wrong."""
        if (
            not self.service["aspects"][self.aspect]["split"]
            or self.state is None
            or (self.who or "").startswith("untuk")
        ):
            return self.follow()
        self.be(1 - self.state)
        form = self.rng.choice(
            (
                "Maaf keliru, ternyata {w}.",
                "Eh salah, {w}. Jadinya?",
                "Ralat ya, {w}.",
                "Sebentar, saya salah bilang tadi. {W}.",
            )
        )
        return self.say(self.back() + form.format(w=self.who, W=_upper(self.who)), self.told(recalled=True))

    def switch(self):
        self.open(self.rng.choice([one for one in self.held if one is not self.service]))

    def repeat(self):
        """The same question in other words."""
        if self.answered is None or self.turns[self.answered][1]["tindakan"] != "jawab" or self.unclear():
            return
        before, day = self.answered, self.day
        text = self.phrase(AGAIN)
        if day is not None:
            text, self.day = text.replace(self.day, day), day
        if (
            self.who
            and self.service["aspects"][self.aspect]["split"]
            and (self.who.startswith("untuk") or self.rng.random() < 0.5)
        ):
            text = f"{text} {_upper(self.who)}."
        self.say(text, self.told(again=before))

    def unclear(self):
        return self.service["aspects"][self.aspect]["split"] and self.state is None

    def back(self):
        """After something else: what it is about again."""
        return self.rng.choice(BACK).format(s=self.rng.choice(self.service["called"])) if self.away else ""

    def out(self):
        """What the handbook does not hold."""
        rng = self.rng
        kind = rng.choice(("lacking", "lacking", "service", "service", "abroad", "hostile"))
        names = {one["name"] for one in self.held}
        if kind == "lacking":
            service = rng.choice(self.held)
            missing = [name for name in ("biaya", "lama", "syarat", "tempat") if name not in service["aspects"]]
            called = rng.choice(service["called"])
            forms = FULL[rng.choice(missing)] if missing and rng.random() < 0.6 else LACKING
            text = rng.choice(forms).format(s=called)
        elif kind == "service":
            row = rng.choice([row for row in services.SERVICES if row[0] not in names])
            text = rng.choice(FULL[rng.choice(("biaya", "lama", "syarat", "tempat"))]).format(s=rng.choice(row[1]))
        else:
            text = rng.choice(ABROAD if kind == "abroad" else HOSTILE)
        self.say(text, answer(REFUSED, "tolak"))

    def complain(self):
        agency, category, told = self.rng.choice(self.topics)
        place = f"{self.rng.choice(words.STREETS)} {self.rng.choice(words.MARKS)}"
        start = self.rng.choice(("", "", "Sekalian mau lapor. ", "Ada satu lagi. ", "Saya mengadu ya. ", "Oh ya, "))
        text = f"Laporan Anda kami teruskan ke {agency} dengan kategori {category}."
        said = self.rng.choice(told).format(place=place)
        said = said[0].lower() + said[1:] if start == "Oh ya, " else said
        self.say(start + said, answer(text, "teruskan", agency=agency, category=category))


def _upper(text):
    return text[0].upper() + text[1:]
