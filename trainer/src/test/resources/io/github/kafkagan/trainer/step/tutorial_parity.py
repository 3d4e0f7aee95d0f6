"""Computes tutorial-parity.json: three optimisation steps of each tutorial's GAN, in PyTorch.

Written from the tutorials' descriptions, not from the Java code, and run in double precision:

    python3 tutorial_parity.py > tutorial-parity.json      (PyTorch 1.13, Debian's python3-torch)

Weights and images come from formulas, latent vectors from SplitMix64 (see Latents.java), so that
the Java test can begin at the same point. Per tensor the file has the norm of the update after
three steps, some entries of the tensor, and a count sketch of the update: entry k is added, with
the sign of hash(k), to one of 64 sums. The sketch is linear and keeps norms on average, so the
norm of the difference of two sketches estimates the norm of the difference of the updates.
"""

import json
import math
import re

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
MASK = (1 << 64) - 1
SEED = 1
STEPS = 3
PRIME = 10007
BUCKETS = 64
PIXELS = 784


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


GAMMA = 0x9E3779B97F4A7C15


def combine(*parts):
    combined = len(parts)
    for part in parts:
        combined = mix((combined + GAMMA + mix(part & MASK)) & MASK)
    return combined


def normal(seed, count):
    """Marsaglia's polar method on SplitMix64, rounded to single precision."""
    state = mix(seed)
    values = []
    while len(values) < count:
        pair = []
        for _ in range(2):
            state = (state + GAMMA) & MASK
            pair.append(2 * ((mix(state) >> 11) * 2.0**-53) - 1)
        x, y = pair
        s = x * x + y * y
        if s >= 1 or s == 0:
            continue
        scale = math.sqrt(-2 * math.log(s) / s)
        values += [x * scale, y * scale]
    return torch.tensor(values[:count], dtype=torch.float32).double()


def latents(step, use, count, size):
    return normal(combine(SEED, step, ord(use)), count * size).reshape(count, size)


def weight(shape, tensor, bound):
    """Entry k of the tensor'th tensor: a quadratic residue, spread over [-bound, bound)."""
    k = torch.arange(math.prod(shape), dtype=torch.int64)
    residue = (k * k + 97 * k + 31 * tensor) % PRIME
    return (bound * (2 * residue.double() / PRIME - 1)).float().double().reshape(shape)


def images(step, count):
    """Pixels 0 to 255."""
    k = torch.arange(count * PIXELS, dtype=torch.int64)
    return ((k * k + 7 * k + 13 * step) % PRIME * 256 // PRIME).double().reshape(count, PIXELS)


def initialise(network, first):
    with torch.no_grad():
        for i, parameter in enumerate(network.parameters()):
            fan_in = parameter.shape[1] if parameter.dim() == 2 else 16 * parameter.shape[0]
            parameter.copy_(weight(list(parameter.shape), first + i, 1 / math.sqrt(fan_in)))


def stack(sizes, rectifier, first=None, last=None):
    layers = [first] if first else []
    for i in range(len(sizes) - 1):
        layers.append(nn.Linear(sizes[i], sizes[i + 1]))
        if i < len(sizes) - 2:
            layers.append(rectifier)
    return nn.Sequential(*layers, *([last] if last else []))


class KerasAdam:
    """Adam as Keras has it: epsilon is added before the correction of the bias."""

    def __init__(self, parameters, rate, epsilon, beta1=0.9, beta2=0.999):
        self.parameters = list(parameters)
        self.rate, self.epsilon, self.beta1, self.beta2 = rate, epsilon, beta1, beta2
        self.m = [torch.zeros_like(p) for p in self.parameters]
        self.v = [torch.zeros_like(p) for p in self.parameters]
        self.t = 0

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None

    @torch.no_grad()
    def step(self):
        self.t += 1
        rate = self.rate * math.sqrt(1 - self.beta2**self.t) / (1 - self.beta1**self.t)
        for p, m, v in zip(self.parameters, self.m, self.v):
            m += (p.grad - m) * (1 - self.beta1)
            v += (p.grad**2 - v) * (1 - self.beta2)
            p -= rate * m / (torch.sqrt(v) + self.epsilon)


def cross_entropy(logits, target):
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, target))


def minimise(loss, optimizer, other):
    optimizer.zero_grad()
    other.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def train(generator, discriminator, make_optimizer, latent_size, batch, decode, separate):
    optimizer_g = make_optimizer(generator.parameters())
    optimizer_d = make_optimizer(discriminator.parameters())
    losses = []
    for step in range(1, STEPS + 1):
        real = decode(images(step, batch))
        fake = generator(latents(step, "D", batch, latent_size)).detach()
        if separate:
            on_real = minimise(cross_entropy(discriminator(real), 1.0), optimizer_d, optimizer_g)
            on_fake = minimise(cross_entropy(discriminator(fake), 0.0), optimizer_d, optimizer_g)
            loss_d = (on_real + on_fake) / 2
        else:
            logits = discriminator(torch.cat([real, fake]))
            target = torch.cat([torch.ones(batch, 1), torch.zeros(batch, 1)])
            loss = F.binary_cross_entropy_with_logits(logits, target)
            loss_d = minimise(loss, optimizer_d, optimizer_g)
        fake = generator(latents(step, "G", batch, latent_size))
        loss_g = minimise(cross_entropy(discriminator(fake), 1.0), optimizer_g, optimizer_d)
        losses.append({"discriminator": loss_d, "generator": loss_g})
    return losses


def sketch(update):
    k = torch.arange(update.numel(), dtype=torch.int64)
    hashed = (k * k + 331 * k + 7) % PRIME
    sign = 1 - 2 * (hashed % 2)
    sums = torch.zeros(BUCKETS)
    sums.index_add_(0, hashed // 2 % BUCKETS, update.flatten() * sign)
    return [float("%.9g" % x) for x in sums]


def tensors(network, prefix, before):
    found = {}
    for (name, parameter), old in zip(network.named_parameters(), before):
        now = parameter.detach()
        update = now - old
        size = now.numel()
        entries = sorted({(i * i * 7919 + i) % size for i in range(8)})
        found[prefix + name] = {
            "norm": float("%.9g" % update.norm()),
            "sketch": sketch(update),
            "entries": {str(i): float("%.9g" % now.flatten()[i]) for i in entries},
        }
    return found


def figures(generator, discriminator, **how):
    initialise(generator, 0)
    initialise(discriminator, 100)
    before_g = [p.detach().clone() for p in generator.parameters()]
    before_d = [p.detach().clone() for p in discriminator.parameters()]
    losses = train(generator, discriminator, **how)
    return {
        "losses": losses,
        "tensors": {
            **tensors(generator, "generator.", before_g),
            **tensors(discriminator, "discriminator.", before_d),
        },
    }


def torch_adam(parameters):
    return torch.optim.Adam(parameters, lr=2e-4)


def symmetric(pixels):
    return pixels / 127.5 - 1


FIGURES = {
    "mlp-1024": figures(
        stack([100, 256, 512, 1024, PIXELS], nn.ReLU(), last=nn.Tanh()),
        stack([PIXELS, 1024, 512, 256, 1], nn.LeakyReLU(0.2), first=nn.Flatten()),
        make_optimizer=torch_adam,
        latent_size=100,
        batch=64,
        decode=symmetric,
        separate=False,
    ),
    "mlp-256": figures(
        stack([784, 256, 256, PIXELS], nn.ReLU(), last=nn.Tanh()),
        stack([PIXELS, 256, 256, 1], nn.LeakyReLU(0.2), first=nn.Flatten()),
        make_optimizer=torch_adam,
        latent_size=784,
        batch=64,
        decode=symmetric,
        separate=False,
    ),
    "mlp-128": figures(
        stack([100, 128, PIXELS], nn.ReLU(), last=nn.Sigmoid()),
        stack([PIXELS, 128, 1], nn.ReLU(), first=nn.Flatten()),
        make_optimizer=lambda parameters: KerasAdam(parameters, 1e-3, 1e-7),
        latent_size=100,
        batch=32,
        decode=lambda pixels: pixels / 255,
        separate=True,
    ),
}
TEXT = json.dumps(FIGURES, indent=1)
NUMBERS = re.compile(r"\[\s+([-\d.e,\s]+?)\s+\]")
print(NUMBERS.sub(lambda match: "[" + " ".join(match.group(1).split()) + "]", TEXT))
