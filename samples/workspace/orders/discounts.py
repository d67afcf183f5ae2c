"""Volume discounts: the more of one product, the cheaper each."""

from decimal import Decimal

# From how many pieces on, and which share of the price is then taken off.
TIERS = ((100, Decimal("0.125")), (25, Decimal("0.075")), (10, Decimal("0.025")))


def volume_discount(quantity):
    """The share taken off for this many pieces of one product, 0 for a few."""
    for minimum, share in TIERS:
        if quantity >= minimum:
            return share
    return Decimal(0)
