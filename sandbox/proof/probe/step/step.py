"""A step of a build that tries its walls: a line of JSON for each, behind a word that nobody else knows."""

import json

import app

with open("asked.json") as file:
    asked = json.load(file)
for wall in asked["walls"]:
    found = app.attempt(wall, asked)
    print(asked["word"] + json.dumps({"wall": wall, **found}), flush=True)
