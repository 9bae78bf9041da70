import random


def seeded(number: int) -> random.Random:
    """The same choices every time."""
    return random.Random(number)  # noqa: S311 - made-up people, no secret
