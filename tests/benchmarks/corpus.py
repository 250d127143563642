"""Made-up briefings for speed and memory: real names that the catalogue knows, figures and events that are invented."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime

from graph.model import Document
from graph.settings import Settings
from ingest.sources import document

_FIRMS = (
    "Nvidia",
    "TSMC",
    "SK hynix",
    "Samsung Electronics",
    "Broadcom",
    "Micron",
    "Cambricon",
    "AMD",
    "Intel",
    "ASML",
)
_BUYERS = ("Microsoft", "Google", "Amazon", "Meta", "ByteDance", "Oracle", "OpenAI", "Anthropic", "Baidu", "Tencent")
_CHIPS = ("H20", "MI300X", "Trainium2", "Ascend 910B", "HBM4", "GB200", "TPUs", "Blackwell processors")
_SENTENCES = (
    "{firm} supplies {buyer} with {chip}, according to two people who have seen the contract.",
    "Revenue at {firm} rose {n}% to ${m}.{n} billion in the third quarter of 2025, the company said on Thursday.",
    "Its gross margin, which had stood at {n}% a year earlier, widened to about {k}%, more than analysts had hoped.",
    "{buyer} plans to spend between ${m} billion and ${k} billion on data centres in 2026, much of it on {chip}.",
    "“We cannot make them fast enough,” said the chief executive of {firm}, who expects a tight market until 2027.",
    "The company, which relies on {other} for its most advanced parts, may turn to a second source next year.",
    "{buyer} has denied that it would drop {firm} in favour of {other}, its older rival.",
    "About {n}% of the orders came from {buyer} alone, up from {k}% in the same period of the previous year.",
    "The order was placed before the export rules changed, and nobody at {firm} would say what becomes of it now.",
    "Shipments of {chip} doubled in June, although the price was a fifth lower than it had been in the winter.",
    "In Hsinchu, where the lines run day and night, managers speak of little else than the queue for packaging.",
    "{firm} owns {n}% of a start-up that trains its models on {chip} rented from {buyer}.",
)
_HEADS = (
    "Bel",
    "Cor",
    "Dan",
    "Fal",
    "Gor",
    "Hal",
    "Jun",
    "Kel",
    "Lor",
    "Mar",
    "Nor",
    "Pal",
    "Quor",
    "Ral",
    "Sol",
    "Tam",
)
_TAILS = ("dex", "gano", "kora", "lith", "mera", "nix", "pira", "quay", "ritan", "sova", "tara", "vance", "wick", "zon")
_TRADES = ("Semiconductor", "Chips", "Networks", "Cloud", "Robotics", "Memory", "Photonics")
ODDITIES = {
    "a very long sentence": "and chips and memory ",
    "nothing but commas": ", ",
    "amounts in a row": "${n}.5 billion, ",
    "names in a row": "{firm}, ",
    "paragraphs of new names": "{firm} supplies chips to Meta.\n\n",
    "pronouns": "Its chips go to Meta, and the company said it would buy more. ",
    "open quotations": "“We sell chips. ",
    "short lines": "Home\n",
    "open brackets": "(",
}
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def briefing(number: int, *, paragraphs: int = 7, unheard: bool = False) -> str:
    """The text of one briefing, about 80 words a paragraph; the same number gives the same text.

    `unheard`: half of the firms are made up, too.
    """
    luck = random.Random(number)
    blocks = [f"{luck.choice(_FIRMS)} and its customers, report {number}", "By Mette Lund\n12 November 2025"]
    for _ in range(paragraphs):
        firm, other = luck.sample(_FIRMS, 2)
        firm = _made_up(luck) if unheard else firm
        names = {"firm": firm, "other": other, "buyer": luck.choice(_BUYERS), "chip": luck.choice(_CHIPS)}
        chosen = luck.sample(_SENTENCES, 5)
        figures = ({"n": luck.randint(2, 40), "k": luck.randint(41, 90), "m": luck.randint(3, 39)} for _ in chosen)
        blocks.append(" ".join(s.format(**names, **f) for s, f in zip(chosen, figures, strict=True)))
    return "\n\n".join(blocks) + "\n"


def _made_up(luck: random.Random) -> str:
    return f"{luck.choice(_HEADS)}{luck.choice(_TAILS)} {luck.choice(_TRADES)}"


def notes(count: int) -> Iterator[Document]:
    """That many short briefings of one paragraph, one after the other, so that none but the last is in memory."""
    for i in range(count):
        text = briefing(i, paragraphs=1, unheard=True)
        yield document(text, source=f"/made-up/{i}.txt", settings=Settings(), now=NOW)


def oddity(name: str, length: int) -> Document:
    """A text of about that many characters of one of the `ODDITIES`."""
    luck = random.Random(length)
    parts, made = [], 0
    while made < length:
        parts.append(ODDITIES[name].format(firm=_made_up(luck), n=luck.randint(1, 999)))
        made += len(parts[-1])
    return document("".join(parts), source="/made-up/odd.txt", settings=Settings(), now=NOW)


def briefings(count: int) -> list[Document]:
    """That many briefings as documents."""
    return [document(briefing(i), source=f"/made-up/{i}.txt", settings=Settings(), now=NOW) for i in range(count)]
