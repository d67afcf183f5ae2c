import unittest
from decimal import Decimal

from orders.money import Money
from orders.tax import REDUCED, STANDARD, tax_on, tax_rate


class TaxTest(unittest.TestCase):
    def test_books_are_reduced_in_germany(self):
        self.assertEqual(Decimal("0.07"), tax_rate("DE", REDUCED))

    def test_rounds_once_for_each_class(self):
        net = {STANDARD: Money.of("10.03", "EUR"), REDUCED: Money.of("0.99", "EUR")}
        self.assertEqual(
            {STANDARD: Money.of("1.91", "EUR"), REDUCED: Money.of("0.07", "EUR")},
            tax_on(net, "DE"),
        )

    def test_nothing_is_collected_in_the_united_states(self):
        self.assertEqual({}, tax_on({STANDARD: Money.of("10", "USD")}, "US"))
