"""Takes memory until that ends the process that takes it, again and again."""

import os


def predict(task, input):
    while True:
        child = os.fork()
        if child == 0:
            taken = []
            while True:
                taken.append(b"x" * (8 << 20))
        os.waitpid(child, 0)
