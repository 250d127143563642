"""How sure an extraction is of what a source says so firmly."""

from decimal import Decimal

from graph.model import Modality

FIRMNESS: dict[Modality, Decimal] = {
    "asserted": Decimal("0.9"),
    "reported": Decimal("0.75"),
    "projected": Decimal("0.7"),
    "opinion": Decimal("0.55"),
    "possible": Decimal("0.4"),
}
