import unittest

from orders.model import Invoice
from orders.money import Money
from orders.reconcile import reconcile
from orders.report import mismatch_text


def invoice(number, net):
    return Invoice(number, "2026-11-16", "US", "EUR", (), Money.of(net, "EUR"))


class ReconcileTest(unittest.TestCase):
    def test_finds_the_cent_that_differs(self):
        ledger = {"INV-1-8": Money.of("3.58", "EUR"), "INV-2-6": Money.of("9.99", "EUR")}
        found = reconcile([invoice("INV-1-8", "3.57"), invoice("INV-2-6", "9.99")], ledger)
        self.assertEqual(["INV-1-8"], [mismatch.invoice.number for mismatch in found])
        self.assertIn("diff=-0.01", mismatch_text(found[0]))

    def test_leaves_out_what_is_not_booked(self):
        self.assertEqual([], reconcile([invoice("INV-1-8", "3.57")], {}))
