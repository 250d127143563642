"""Which currency an ambiguous sign stands for, and amounts that the text converts in brackets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

from graph.text.quantities.lexicon import Ambiguous, lexicon

Home = Callable[[str], str | None] | Mapping[str, str] | None


def resolve(text: str, home: Home, rates: Mapping[str, list[Decimal]], signs: Collection[str]) -> dict[str, str]:
    """The ISO code for each of the ambiguous `signs` in this text.

    `rates` holds what the text's own conversions to US dollars give for a sign (¥160bn ≈ $22bn: 7.3). These decide
    first; then the cues in the text, if they speak for one side; then `home`, the reader's own idea; then the default.
    """
    table = lexicon().ambiguous
    return {sign: _one(sign, table[sign], text, home, rates.get(sign, [])) for sign in signs}


def _one(sign: str, row: Ambiguous, text: str, home: Home, rates: list[Decimal]) -> str:
    votes = [code for code, (low, high) in row.per_usd.items() for rate in rates if low <= rate <= high]
    if votes:
        return max(set(votes), key=lambda code: (votes.count(code), code))
    if row.needs is None or row.needs in text:
        counts = {code: sum(1 for _ in cue.finditer(text)) for code, cue in row.cues.items()}
        best = max(counts, key=lambda code: counts[code])
        if counts[best] > sum(n for code, n in counts.items() if code != best):
            return best
    chosen = (home.get(sign) if isinstance(home, Mapping) else home(sign)) if home is not None else None
    return chosen or row.default
