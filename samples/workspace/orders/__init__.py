"""Orders in, invoices out: prices, discounts, currencies and tax of a small web shop."""

__version__ = "2026.46.1"
