"""What one line of an order costs before tax, in the currency of the product."""

from decimal import Decimal

from orders.discounts import volume_discount


def line_net(product, quantity):
    """Price times quantity less the volume discount; exact, never rounded here."""
    if quantity <= 0:
        raise ValueError(f"quantity is {quantity}, but must be positive")
    return product.price.times(quantity).times(Decimal(1) - volume_discount(quantity))
