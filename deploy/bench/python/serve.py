#!/usr/bin/env python3
"""A generator service as one would write it first: a consumer, PyTorch, one reply for each request.

Usage: serve.py BOOTSTRAP_SERVERS REQUESTS_TOPIC REPLIES_TOPIC. Its generator has the layers of the digits preset;
nobody has trained it. Offsets are committed now and then: a crash would answer requests twice.
"""

import base64
import json
import random
import sys

import torch
from kafka import KafkaConsumer, KafkaProducer
from torch import nn

LATENT, EMBEDDING, CLASSES = 64, 32, 10


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(CLASSES, EMBEDDING)
        self.layers = nn.Sequential(
            nn.Linear(LATENT + EMBEDDING, 64 * 7 * 7, bias=False),
            nn.Unflatten(1, (64, 7, 7)),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.ConvTranspose2d(64, 32, 4, 2, 1, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.ConvTranspose2d(32, 1, 4, 2, 1),
            nn.Tanh(),
        )

    def forward(self, latent, label):
        return self.layers(torch.cat([latent, self.embedding(label)], 1))


@torch.no_grad()
def image(generator):
    latent = torch.randn(1, LATENT)
    label = torch.tensor([random.randrange(CLASSES)])
    pixels = generator(latent, label).add(1).mul(127.5).round().to(torch.uint8)
    return bytes(pixels.numpy().reshape(-1))


def main(servers, requests, replies):
    generator = Generator().eval()
    producer = KafkaProducer(bootstrap_servers=servers, acks="all")
    consumer = KafkaConsumer(requests, bootstrap_servers=servers, group_id="python", auto_offset_reset="earliest")
    for record in consumer:
        request = json.loads(record.value)
        reply = {
            "id": request["id"],
            "format": request["format"],
            "images": [base64.b64encode(image(generator)).decode()],
        }
        producer.send(replies, key=record.key, value=json.dumps(reply).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
