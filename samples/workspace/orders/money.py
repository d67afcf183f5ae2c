"""An amount of money in one currency, exact until somebody rounds it on purpose."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from orders.errors import CurrencyMismatch

MINOR_DIGITS = {"JPY": 0}
DEFAULT_MINOR_DIGITS = 2


@dataclass(frozen=True)
class Money:
    """A decimal amount and its ISO 4217 code; arithmetic never rounds."""

    amount: Decimal
    currency: str

    @staticmethod
    def zero(currency):
        return Money(Decimal(0), currency)

    @staticmethod
    def of(text, currency):
        return Money(Decimal(text), currency)

    def __add__(self, other):
        if other.currency != self.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other):
        return self + Money(-other.amount, other.currency)

    def times(self, factor):
        return Money(self.amount * Decimal(factor), self.currency)

    def rounded(self):
        """The payable amount: half up, to the smallest coin of the currency."""
        digits = MINOR_DIGITS.get(self.currency, DEFAULT_MINOR_DIGITS)
        return Money(self.amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP), self.currency)

    def __str__(self):
        return f"{self.amount} {self.currency}"
