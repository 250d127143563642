"""Products and sums of shares that keep their bounds and say what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.risk.report import Share

ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A share under way, in percent. `value` is None once a step's value is not known.

    `imputed` says whether any step's value is; `exact` is the one share it consists of, if it is just that.
    """

    low: Decimal
    high: Decimal
    value: Decimal | None
    imputed: bool = False
    exact: Share | None = None

    def through(self, share: Share) -> Bounds:
        """What is left after one more step."""
        low, high = share.low or ZERO, HUNDRED if share.high is None else share.high
        imputed = self.imputed or share.basis == "imputed"
        if self is START:
            return Bounds(low, high, share.value, imputed, share)
        value = None if self.value is None or share.value is None else self.value * share.value / HUNDRED
        return Bounds(self.low * low / HUNDRED, self.high * high / HUNDRED, value, imputed)

    def plus(self, other: Bounds) -> Bounds:
        """Both ways together. The upper bound stops at 100; lower bound and value do not, so that a cycle shows."""
        value = None if self.value is None or other.value is None else self.value + other.value
        return Bounds(self.low + other.low, min(self.high + other.high, HUNDRED), value, self.imputed or other.imputed)

    def share(self, whose: str, what: str) -> Share:
        """As a share of a report: all unknown if it says no more than “from 0 to 100 %”."""
        if self.exact is not None:
            return self.exact
        if self.value is None and not self.low and self.high >= HUNDRED:
            return Share(whose, what)
        value = None if self.value is None else round(self.value, 6)
        low, high = round(self.low, 6), max(round(self.high, 6), round(self.low, 6))
        note = "above 100 % because the shares lead round in a cycle or overlap" if low > HUNDRED else ""
        return Share(whose, what, value, low, high, "imputed" if self.imputed else "derived", note=note)


START = Bounds(HUNDRED, HUNDRED, HUNDRED)


def product(shares: Iterable[Share]) -> Bounds:
    """The product of the shares of a path: 60 % × 20 % is 12 %."""
    bounds = START
    for share in shares:
        bounds = bounds.through(share)
    return bounds


def totals(shares: Sequence[Share]) -> str:
    """What the shares of a path are shares of: “purchases”, or “purchases × revenue” where they differ."""
    return " × ".join(dict.fromkeys(share.what for share in shares))
