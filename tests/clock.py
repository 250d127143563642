"""How long something takes, so that the machine and the suite around it do not count."""

import gc
import time
from collections.abc import Callable


def seconds(call: Callable[[], object], tries: int = 5) -> float:
    """Processor seconds of the quickest of some runs. Garbage is not collected meanwhile: late in the suite one
    collection takes as long as what is measured.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return min(_once(call) for _ in range(tries))
    finally:
        if collecting:
            gc.enable()


def growth(read: Callable[[str], object], piece: str, small: int, large: int) -> float:
    """How much longer `large` characters of repeated `piece` take than `small` ones."""
    texts = [(piece * (characters // len(piece) + 1))[:characters] for characters in (small, large)]
    read(piece)
    few, many = (seconds(lambda text=text: read(text)) for text in texts)
    return many / few


def _once(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began
