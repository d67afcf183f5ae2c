"""Conversion between currencies at the rates of the day."""

from orders.money import Money


class Converter:
    """Converts money with one rate table; stateless, so one converter serves a whole run."""

    def __init__(self, rates):
        self._rates = rates

    def convert(self, money, target):
        """The same value in another currency."""
        if money.currency == target:
            return money
        rate = self._rates.rate(money.currency, target)
        return Money(money.amount * rate, target).rounded()
