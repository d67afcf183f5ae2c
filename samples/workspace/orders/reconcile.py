"""Compares what we invoice with what accounting booked."""

from dataclasses import dataclass

from orders.model import Invoice
from orders.money import Money


@dataclass(frozen=True)
class Mismatch:
    invoice: Invoice
    booked: Money

    @property
    def difference(self):
        return self.invoice.total - self.booked


def reconcile(invoices, ledger):
    """The invoices whose total is not the booked one; those not booked yet are left out."""
    return [
        Mismatch(invoice, ledger[invoice.number])
        for invoice in invoices
        if invoice.number in ledger and invoice.total != ledger[invoice.number]
    ]
