import unittest
from decimal import Decimal

from orders.catalog import Catalog, Product
from orders.currency import Converter
from orders.errors import UnknownProduct
from orders.invoicing import Invoicing
from orders.model import Order, OrderLine
from orders.money import Money
from orders.rates import RateTable

CATALOG = Catalog(
    [
        Product("PEN", "Pen", Money.of("1.79", "EUR"), "standard"),
        Product("INK", "Ink", Money.of("11.95", "USD"), "standard"),
        Product("TEA", "Tea", Money.of("9.65", "GBP"), "reduced"),
    ]
)
RATES = RateTable({"USD": Decimal("1.1593"), "GBP": Decimal("0.8734")})


def order(country, currency, *lines):
    return Order("ORD-200417", "2026-11-16", country, currency, tuple(OrderLine(*x) for x in lines))


class InvoicingTest(unittest.TestCase):
    def setUp(self):
        self.invoicing = Invoicing(CATALOG, Converter(RATES))

    def test_one_currency(self):
        invoice = self.invoicing.invoice(order("DE", "EUR", ("PEN", 3)))
        self.assertEqual("5.37 EUR", str(invoice.net))
        self.assertEqual("6.39 EUR", str(invoice.total))

    def test_discounted_lines_are_rounded_together(self):
        invoice = self.invoicing.invoice(order("US", "EUR", ("PEN", 10), ("PEN", 10)))
        self.assertEqual("34.91 EUR", str(invoice.total))

    def test_total_of_converted_lines_is_rounded_once(self):
        """SHOP-482: we invoiced 53.77, accounting booked 53.76 (docs/adr/0002)."""
        invoice = self.invoicing.invoice(order("US", "EUR", ("INK", 2), ("TEA", 3)))
        self.assertEqual("53.76 EUR", str(invoice.total))

    def test_tax_is_on_the_exact_net_of_its_class(self):
        invoice = self.invoicing.invoice(order("DE", "EUR", ("TEA", 7), ("INK", 3)))
        self.assertEqual("5.41 EUR", str(invoice.taxes["reduced"]))

    def test_names_the_missing_product(self):
        with self.assertRaisesRegex(UnknownProduct, "'HAT'"):
            self.invoicing.invoice(order("DE", "EUR", ("HAT", 1)))
