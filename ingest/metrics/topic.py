"""What the text is about just now, which its figures leave unsaid."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from graph.model import EntityRef, Period
from ingest.parsed import Mention

if TYPE_CHECKING:
    from ingest.metrics.carry import Said


@dataclass(slots=True)
class Topic:
    """What the text is about just now: the firm whose figures are told and the period they are for.

    `aside` is the one year or quarter that the sentence before names, with its paragraph; `said` is its last figure.
    `focus` is the firm of the section or of the `whole` document (`sure` if no other comes near it), `section` the one
    that the last heading names, `opening` the one that the paragraph opens with. `guiding` says whether a list of
    forecasts has been opened, `market` is scope and period of the market whose shares are being told, `named` every
    firm that the document names, `year_ends` the day ("MM-DD") that a firm's fiscal year ends with, by its id, where
    the text tells it, `currency` that of the last sum of money, `house` the one that the
    page says its sums are in, `base` how many months back the last comparison went.
    """

    firm: EntityRef | None = None
    focus: EntityRef | None = None
    sure: bool = True
    section: EntityRef | None = None
    opening: EntityRef | None = None
    whole: EntityRef | None = None
    period: Period | None = None
    paragraph: int = -1
    aside: tuple[int, Period] | None = None
    guiding: bool = False
    published: date | None = None
    named: tuple[EntityRef, ...] = ()
    market: tuple[str | None, Period | None] | None = None
    said: Said | None = None
    currency: str | None = None
    house: str | None = None
    base: int | None = None
    year_ends: dict[str, str] = field(default_factory=dict)

    def enter(
        self, section: EntityRef | None, whole: tuple[EntityRef | None, bool], opening: EntityRef | None = None
    ) -> None:
        """A sentence begins: its topic is that of its section, else that of the `whole` text, sure or not."""
        before = self.focus
        self.opening, self.whole = opening, whole[0]
        self.focus, self.sure = (section, True) if section is not None else whole
        if self.focus != before:
            self.firm = section

    def near(self, firm: EntityRef) -> bool:
        """Whether the paragraph or the section, not only the text, is about a firm."""
        return firm == self.opening or (firm == self.focus and firm != self.whole)

    def mention(self, opening: EntityRef | None = None) -> Mention | None:
        """The firm that the paragraph has for its `opening`, else the firm at hand, else the one that the text surely
        is about; without words of its own. `owner` is the text's.
        """
        focus = self.focus if self.sure else None
        firm = opening or self.firm or focus
        return Mention(-1, -1, -1, "", "description", firm, focus, self.named) if firm else None
