"""Planted causes: for each metric a way to spoil a perfect answer that this metric, above all, must notice."""


def f1_isian(answer, input):
    """Half of the answered fields say something else, in the right form."""
    answered = [name for name, value in answer["isian"].items() if value is not None]
    spoilt = {name: _other(answer["isian"][name]) for name in answered[::2]}
    return {"isian": answer["isian"] | spoilt}


def bentuk_baku(answer, input):
    """The content is right, the form is not: dates written out day first, numbers as text."""
    isian = dict(answer["isian"])
    for field in input["isian"]:
        value = isian[field["nama"]]
        if value is not None and field["tipe"] == "tanggal":
            isian[field["nama"]] = "/".join(reversed(value.split("-")))
        elif isinstance(value, int | float):
            isian[field["nama"]] = str(value)
    return {"isian": isian}


def tidak_mengarang(answer, input):
    """What is not in the text is invented."""
    return {"isian": {name: "2026-01-01" if value is None else value for name, value in answer["isian"].items()}}


def siap_pakai(answer, input):
    """One field of each form is wrong."""
    name = next(name for name, value in answer["isian"].items() if value is not None)
    return {"isian": answer["isian"] | {name: _other(answer["isian"][name])}}


def _other(value):
    return value + 1 if isinstance(value, int | float) else "lain sama sekali"
