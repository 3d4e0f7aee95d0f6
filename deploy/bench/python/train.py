#!/usr/bin/env python3
"""Training as one would write it in PyTorch, eager, with the networks of the mlp-1024 or the dcgan preset.

Usage: train.py PRESET THREADS. For each line of standard input, a number of milliseconds, trains for that long on images
in memory and prints images per second.
"""

import sys
import time

import torch
from torch import nn

BATCH, LATENT, BATCHES = 64, 100, 64


def mlp(units, activation, last):
    layers = []
    for inputs, outputs in zip(units, units[1:]):
        layers += [nn.Linear(inputs, outputs), activation()]
    return layers[:-1] + last


def mlp_1024():
    generator = mlp([LATENT, 256, 512, 1024, 784], nn.ReLU, [nn.Tanh(), nn.Unflatten(1, (1, 28, 28))])
    discriminator = [nn.Flatten()] + mlp([784, 1024, 512, 256, 1], lambda: nn.LeakyReLU(0.2), [])
    return nn.Sequential(*generator), nn.Sequential(*discriminator)


def dcgan():
    generator = nn.Sequential(
        nn.Linear(LATENT, 128 * 7 * 7, bias=False),
        nn.Unflatten(1, (128, 7, 7)),
        nn.BatchNorm2d(128),
        nn.ReLU(),
        nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False),
        nn.BatchNorm2d(64),
        nn.ReLU(),
        nn.ConvTranspose2d(64, 1, 4, 2, 1),
        nn.Tanh(),
    )
    discriminator = nn.Sequential(
        nn.Conv2d(1, 64, 4, 2, 1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(64, 128, 4, 2, 1, bias=False),
        nn.BatchNorm2d(128),
        nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(128 * 7 * 7, 1),
    )
    return generator, discriminator


class Training:
    def __init__(self, networks, beta1, fresh_fakes):
        self.generator, self.discriminator = networks
        self.fresh_fakes = fresh_fakes
        self.loss = nn.BCEWithLogitsLoss()
        self.ones, self.zeros = torch.ones(BATCH, 1), torch.zeros(BATCH, 1)
        self.optimizers = [torch.optim.Adam(network.parameters(), 2e-4, (beta1, 0.999)) for network in networks]

    def fakes(self):
        return self.generator(torch.randn(BATCH, LATENT))

    def step(self, real):
        of_generator, of_discriminator = self.optimizers
        fake = self.fakes()
        of_discriminator.zero_grad()
        loss = self.loss(self.discriminator(real), self.ones) + self.loss(self.discriminator(fake.detach()), self.zeros)
        loss.backward()
        of_discriminator.step()

        if self.fresh_fakes:
            fake = self.fakes()
        of_generator.zero_grad()
        loss_of_generator = self.loss(self.discriminator(fake), self.ones)
        loss_of_generator.backward()
        of_generator.step()
        return loss.item(), loss_of_generator.item()


def rate(training, images, seconds):
    begin, count = time.monotonic(), 0
    while time.monotonic() - begin < seconds:
        losses = training.step(images[count // BATCH % BATCHES])
        if not all(map(torch.isfinite, map(torch.tensor, losses))):
            sys.exit("training diverged")
        count += BATCH
    return count / (time.monotonic() - begin)


def main(preset, threads):
    torch.set_num_threads(int(threads))
    # As the presets have it: mlp-1024 draws fakes for each network, dcgan shows both the same.
    training = Training(mlp_1024(), 0.9, True) if preset == "mlp-1024" else Training(dcgan(), 0.5, False)
    images = [torch.rand(BATCH, 1, 28, 28) * 2 - 1 for _ in range(BATCHES)]
    for line in sys.stdin:
        seconds = int(line) / 1000
        rate(training, images, seconds / 5)
        print(rate(training, images, seconds), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
