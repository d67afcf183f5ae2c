import unittest
from decimal import Decimal

from orders.currency import Converter
from orders.errors import UnknownCurrency
from orders.money import Money
from orders.rates import RateTable

RATES = RateTable({"USD": Decimal("1.25"), "GBP": Decimal("0.80")})


class ConverterTest(unittest.TestCase):
    def setUp(self):
        self.converter = Converter(RATES)

    def test_converts_to_the_base(self):
        self.assertEqual(Money.of("8.00", "EUR"), self.converter.convert(Money.of("10", "USD"), "EUR"))

    def test_crosses_two_currencies_through_the_base(self):
        self.assertEqual(Money.of("6.40", "GBP"), self.converter.convert(Money.of("10", "USD"), "GBP"))

    def test_leaves_the_own_currency_alone(self):
        exact = Money.of("1.23456", "EUR")
        self.assertIs(exact, self.converter.convert(exact, "EUR"))

    def test_names_a_currency_without_a_rate(self):
        with self.assertRaisesRegex(UnknownCurrency, "'XXX'"):
            self.converter.convert(Money.of("1", "EUR"), "XXX")
