import unittest

from orders.errors import CurrencyMismatch
from orders.money import Money


class MoneyTest(unittest.TestCase):
    def test_arithmetic_is_exact(self):
        self.assertEqual(Money.of("0.30", "EUR"), Money.of("0.1", "EUR") + Money.of("0.2", "EUR"))

    def test_rounds_half_up(self):
        self.assertEqual("2.35 EUR", str(Money.of("2.345", "EUR").rounded()))
        self.assertEqual("-2.35 EUR", str(Money.of("-2.345", "EUR").rounded()))

    def test_yen_has_no_cents(self):
        self.assertEqual("121 JPY", str(Money.of("120.5", "JPY").rounded()))

    def test_refuses_to_mix_currencies(self):
        with self.assertRaisesRegex(CurrencyMismatch, "convert first"):
            Money.of("1", "EUR") + Money.of("1", "USD")
