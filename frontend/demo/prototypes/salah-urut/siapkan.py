"""Mengubah kamus.csv (kata;isian) menjadi kamus.json."""

import csv
import json
import sys

with open(sys.argv[1], encoding="utf-8") as berkas:
    kamus = {kata: isian for kata, isian in csv.reader(berkas, delimiter=";")}
with open(sys.argv[2], "w", encoding="utf-8") as berkas:
    json.dump(kamus, berkas)
print(len(kamus), "kata disiapkan")
