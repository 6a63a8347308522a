"""Planted causes: for each metric a way to spoil a perfect answer that this metric, above all, must notice."""


def f1_barang(answer, input):
    """Every second thing has another number."""
    spoilt = [
        thing | {"jumlah": thing["jumlah"] + 1} if at % 2 == 0 else thing for at, thing in enumerate(answer["barang"])
    ]
    return answer | {"barang": spoilt}


def bidang_tepat(answer, input):
    """The slip goes to another unit."""
    return answer | {"bidang": "umum" if answer["bidang"] != "umum" else "arsip"}


def siap_pakai(answer, input):
    """Unit and things are right, the day is not."""
    return answer | {"hari": "senin" if answer["hari"] != "senin" else "jumat"}
