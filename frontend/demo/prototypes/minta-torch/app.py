"""Model bahasa kecil untuk mengisi formulir."""

import torch

MODEL = torch.nn.GRU(64, 64)


def predict(task, input):
    return {"isian": {isian["nama"]: None for isian in input["isian"]}}
