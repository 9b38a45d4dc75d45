"""Chance that is the same for the same seed, and fast: writing programs must not cost more than running them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """What programs need of `random.Random`, whose own `choice` takes a µs longer, to be fair to the last bit."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed).random

    def choice(self, items: Sequence[T]) -> T:
        return items[int(self.random() * len(items))]

    def randrange(self, stop: int) -> int:
        return int(self.random() * stop)
