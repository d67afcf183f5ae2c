"""Orders as they come in and invoices as they go out."""

from dataclasses import dataclass, field
from typing import Dict, Tuple

from orders.money import Money


@dataclass(frozen=True)
class OrderLine:
    sku: str
    quantity: int


@dataclass(frozen=True)
class Order:
    number: str
    day: str
    country: str
    currency: str
    lines: Tuple[OrderLine, ...]


@dataclass(frozen=True)
class InvoiceLine:
    title: str
    quantity: int
    net: Money
    source: str
    tax_class: str


@dataclass(frozen=True)
class Invoice:
    number: str
    day: str
    country: str
    currency: str
    lines: Tuple[InvoiceLine, ...]
    net: Money
    taxes: Dict[str, Money] = field(default_factory=dict)

    @property
    def total(self):
        total = self.net
        for tax in self.taxes.values():
            total = total + tax
        return total

    def sources(self):
        """The currencies that were converted for this invoice."""
        return sorted({line.source for line in self.lines} - {self.currency})
