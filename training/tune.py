"""Tunes MiniLM on the library's own lines, so that the same situation lands near itself whoever types it.

    python training/tune.py WEIGHTS TOKENIZER OUT [--seed 0] [--epochs 3] [--rate 8e-5] [--leave-out id,id]

WEIGHTS and TOKENIZER are model.safetensors and tokenizer.json of all-MiniLM-L6-v2. Every line is read as the matcher
reads it. What ships is the mean of three such tunings, with the seeds 0, 1 and 2 (`export.py`). Two losses:
cross-entropy of a cosine classifier, and supervised contrast (Khosla et al. 2020) in which lines that nothing covers
attract nobody. Easily confused playbooks meet in one batch. Runs on a CPU, ten minutes a tuning on two cores that know
bfloat16; seeds are fixed.
"""

import argparse
import random
import time
from pathlib import Path

import torch
from encoder import Encoder, load_encoder
from lines import NONE, load_lines
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from bot.matching.reader import Reader
from bot.matching.slips import edits

GROUPS, EACH = 24, 4
CHUNKS = 4
TEMPERATURE, SCALE, SMOOTHING = 0.1, 20.0, 0.05
HEAD_RATE, WARM_UP = 2e-3, 40
NOISY_LINE, NOISY_WORD = 0.4, 0.4
MAX_TOKENS = 64


class Embedder:
    """Texts to vectors, in chunks of like length, so that little is spent on padding."""

    def __init__(self, encoder: Encoder, tokenizer: Path) -> None:
        self.encoder = encoder
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def __call__(self, texts: list[str]) -> Tensor:
        """Texts × 384."""
        read = [found.ids for found in self._tokenizer.encode_batch(texts)]
        order = sorted(range(len(read)), key=lambda number: len(read[number]))
        size = -(-len(order) // CHUNKS)
        parts = [self._chunk([read[number] for number in order[at : at + size]]) for at in range(0, len(order), size)]
        return torch.cat(parts)[torch.tensor(order).argsort()]

    def _chunk(self, read: list[list[int]]) -> Tensor:
        longest = max(map(len, read))
        ids = torch.tensor([line + [0] * (longest - len(line)) for line in read])
        mask = torch.tensor([[1] * len(line) + [0] * (longest - len(line)) for line in read])
        # Half the digits, where the processor has instructions for them, take a third of the time.
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found: Tensor = self.encoder(ids, mask)
        return found.float()


class Draw:
    """Draws lines of a class in random order, each once before any comes again."""

    def __init__(self, lines: list[tuple[str, str]], reader: Reader, rng: random.Random) -> None:
        self.classes = sorted({playbook for _, playbook in lines})
        self._lines = [[text for text, playbook in lines if playbook == name] for name in self.classes]
        self._waiting: list[list[str]] = [[] for _ in self.classes]
        self._weights = [len(group) ** 0.5 for group in self._lines]
        self._reader = reader
        self._rng = rng

    def line(self, number: int) -> str:
        """One line of a class; now and then with slips of the thumb, as the speller leaves them."""
        if not self._waiting[number]:
            self._waiting[number] = self._rng.sample(self._lines[number], len(self._lines[number]))
        return self._slip(self._waiting[number].pop())

    def batch(self, near: Tensor) -> list[int]:
        """Classes of one batch: three at random with those nearest to them, and others at random."""
        everyone = range(len(self.classes))
        found: list[int] = []
        for seed in self._rng.choices(everyone, self._weights, k=3):
            found += near[seed].topk(6).indices.tolist()
        while len(set(found)) < min(GROUPS, len(self.classes)):
            found += self._rng.choices(everyone, self._weights)
        return list(dict.fromkeys(found))[:GROUPS]

    def all_of(self, number: int) -> list[str]:
        """Every line of a class, as it is."""
        return self._lines[number]

    def _slip(self, text: str) -> str:
        if self._rng.random() > NOISY_LINE:
            return text
        typed = [self._typo(word) if self._rng.random() < NOISY_WORD else word for word in text.split()]
        return " ".join(self._reader.read(" ".join(typed)))

    def _typo(self, word: str) -> str:
        return self._rng.choice(list(edits(word))) or word


def loss_of(vectors: Tensor, owners: Tensor, centres: Tensor, none: int) -> Tensor:
    """Cross-entropy against class centres, plus half the supervised contrast within the batch."""
    logits = SCALE * vectors @ functional.normalize(centres, dim=1).T
    entropy = functional.cross_entropy(logits, owners, label_smoothing=SMOOTHING)
    alike = (vectors @ vectors.T / TEMPERATURE).fill_diagonal_(-1e4)
    same = (owners[:, None] == owners[None]).float().fill_diagonal_(0.0)
    same[owners == none] = 0.0
    chance = alike - alike.logsumexp(1, keepdim=True)
    friends = same.sum(1)
    contrast = -(chance * same).sum(1)[friends > 0] / friends[friends > 0]
    return entropy + 0.5 * contrast.mean()


def tune(embed: Embedder, draw: Draw, steps: int, rate: float) -> None:
    """Tune the embedder's encoder in place; word embeddings stay as they are, so that unseen words keep their place."""
    encoder = embed.encoder
    for part in (encoder.words, encoder.positions, encoder.kinds):
        part.requires_grad_(False)
    with torch.no_grad():
        groups = [embed(draw.all_of(number)).mean(0) for number in range(len(draw.classes))]
    centres = torch.nn.Parameter(functional.normalize(torch.stack(groups), dim=1))
    tuned = [weight for weight in encoder.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW([{"params": tuned, "lr": rate}, {"params": [centres], "lr": HEAD_RATE}])
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / WARM_UP) * (1 - step / steps)
    )
    none, started = draw.classes.index(NONE), time.monotonic()
    for step in range(steps):
        near = functional.normalize(centres.detach(), dim=1)
        owners = [number for number in draw.batch(near @ near.T) for _ in range(EACH)]
        loss = loss_of(embed([draw.line(number) for number in owners]), torch.tensor(owners), centres, none)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(tuned, 1.0)
        optimizer.step()
        schedule.step()
        if step % 25 == 0:
            print(f"{step}/{steps} loss {loss.item():.3f} {time.monotonic() - started:.0f} s", flush=True)


def main() -> None:
    """Tune and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=float, default=3.0)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--leave-out", default="", help="playbooks to tune without, separated by commas")
    parser.add_argument("--playbooks", type=Path, default=Path(__file__).parent.parent / "playbooks")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    lines, reader = load_lines(asked.playbooks, frozenset(filter(None, asked.leave_out.split(","))))
    draw = Draw(lines, reader, random.Random(asked.seed))
    embed = Embedder(load_encoder(asked.weights), asked.tokenizer)
    tune(embed, draw, int(asked.epochs * len(lines) / (GROUPS * EACH)), asked.rate)
    torch.save(embed.encoder.state_dict(), asked.out)


if __name__ == "__main__":
    main()
