"""Which way an amount is taken to have gone."""

from __future__ import annotations

from collections.abc import Iterable

from qa.words import lemmas

UP = set(
    lemmas(
        "rise grow growth increase climb gain jump soar surge up expand improve advance rebound double triple widen"
        " raise boost lift hike enlarge swell multiply mushroom skyrocket treble quadruple balloon mend ramp"
        " dearer dear pricier costlier strengthen fatten"
    )
)
DOWN = set(
    lemmas(
        "fall drop decline shrink decrease slip slide tumble slump plunge down contract sink dip worsen deteriorate"
        " narrow shed cut lose reduce slash trim dwindle halve throttle slow thin deplete crumble erode knock wipe"
        " shave slice lop squeeze crash wane melt lower axe cheaper cheap weaken soften rein pare"
        " prune curb cede concede surrender"
    )
)


def way(stems: Iterable[str]) -> int:
    """1 if the words take it that an amount rose, -1 if it fell, 0 if they leave that open.

    >>> way(lemmas("by what percentage did sales fall")), way(lemmas("did sales rise or fall"))
    (-1, 0)
    """
    said = {*stems}
    up, down = bool(UP & said), bool(DOWN & said)
    return 0 if up == down else 1 if up else -1


def both_ways(stems: Iterable[str]) -> bool:
    """Whether it is left open which way the amount went.

    >>> both_ways(lemmas("did sales rise or fall")), both_ways(lemmas("did sales fall"))
    (True, False)
    """
    said = {*stems}
    return bool(UP & said) and bool(DOWN & said)
