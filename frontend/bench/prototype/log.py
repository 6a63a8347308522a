"""Writes, in the smallest pieces there are; what it may write is soon written, and it begins anew."""

import os


def predict(task, input):
    while True:
        os.write(1, b"x\n")
