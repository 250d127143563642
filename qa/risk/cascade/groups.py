"""Which links make a group, whatever amounts they carry: how a firm loses by what it buys and by what it sells.

What a firm buys of one essential sector is a group, all that it buys of non-essential sectors is one more; the other
way round, all that it sells is one. A group's loss is the sum of Λ times the loss at the other end; a firm loses as
much as the worst of its groups. That is the minimum over Π and the sum over 1 − Π of Diem et al. 2022 (Scientific
Reports 12:7719), said in losses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.risk.cascade.checks import Places


@dataclass(frozen=True, slots=True)
class Groups:
    """`links` are the places of the links that count, group by group: of group g from `ends[g]` to `ends[g + 1]`.

    `owner[g]` is the firm that loses by it, in ascending order; `essential[g]`: a group of one essential sector.
    """

    links: Places
    ends: Places
    owner: Places
    essential: NDArray[np.bool_]

    @property
    def size(self) -> Places:
        """How many links each group has."""
        return np.diff(self.ends)


def inputs(source: Places, buyer: Places, sector: Places, essentiality: NDArray[np.int8]) -> Groups:
    """The groups by which buyers lose."""
    other = len(essentiality)
    need = essentiality[sector[source], sector[buyer]]
    group = buyer * (other + 1) + np.where(need == 2, sector[source], other)
    links = np.argsort(group, kind="stable")
    if not need.all():
        links = links[need[links] > 0]
    return _cut(links, group[links], other + 1, other)


def orders(seller: Places) -> Groups:
    """The groups by which sellers lose."""
    links = np.argsort(seller, kind="stable")
    return _cut(links, seller[links], 1, 0)


def _cut(links: Places, group: Places, per_owner: int, other: int) -> Groups:
    first = np.flatnonzero(np.diff(group, prepend=-1))
    owner, kind = np.divmod(group[first], per_owner)
    return Groups(links, np.append(first, len(group)), owner, kind != other)


@dataclass(frozen=True, slots=True)
class Layers:
    """The order of groups in which the worst of each owner comes of plain slices.

    The first layer holds the first group of each owner, the second the second of those that have one, and so on, owners
    of many groups first. `groups` in that order, `sizes` of the layers; `firms` are the owners in order, then those
    that own nothing, `place` is where each firm stands among them.
    """

    groups: Places
    sizes: list[int]
    firms: Places
    place: Places


def layers(owner: Places, firms: int) -> Layers:
    """Groups with such owners, ascending, put into layers."""
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    count = np.diff(np.append(first, len(owner)))
    most_first = np.argsort(-count, kind="stable")
    rank = np.arange(len(owner)) - np.repeat(first, count)
    sizes = np.bincount(rank, minlength=1)
    target = (np.cumsum(sizes) - sizes)[rank] + np.repeat(_inverse(most_first), count)
    owners = owner[first][most_first]
    idle = np.ones(firms, dtype=bool)
    idle[owners] = False
    order = np.concatenate([owners, np.flatnonzero(idle)])
    return Layers(_inverse(target), sizes.tolist(), order, _inverse(order))


def _inverse(order: Places) -> Places:
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.arange(len(order))
    return found
