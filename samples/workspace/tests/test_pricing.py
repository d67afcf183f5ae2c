import unittest
from decimal import Decimal

from orders.catalog import Product
from orders.discounts import volume_discount
from orders.money import Money
from orders.pricing import line_net

PEN = Product("PEN", "Pen", Money.of("1.79", "EUR"), "standard")


class PricingTest(unittest.TestCase):
    def test_a_few_pieces_cost_the_list_price(self):
        self.assertEqual(Money.of("5.37", "EUR"), line_net(PEN, 3))

    def test_a_discounted_line_keeps_its_fractions(self):
        self.assertEqual(Money.of("17.4525", "EUR"), line_net(PEN, 10))

    def test_tiers_start_at_their_minimum(self):
        self.assertEqual(Decimal(0), volume_discount(9))
        self.assertEqual(Decimal("0.025"), volume_discount(10))
        self.assertEqual(Decimal("0.075"), volume_discount(25))
        self.assertEqual(Decimal("0.125"), volume_discount(100))

    def test_refuses_an_empty_line(self):
        with self.assertRaisesRegex(ValueError, "must be positive"):
            line_net(PEN, 0)
