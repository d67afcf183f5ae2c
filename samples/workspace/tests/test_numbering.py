import unittest

from orders.numbering import check_digit, invoice_number


class NumberingTest(unittest.TestCase):
    def test_check_digit_is_luhn(self):
        self.assertEqual("3", check_digit("7992739871"))

    def test_a_swapped_pair_changes_the_digit(self):
        self.assertNotEqual(check_digit("200471"), check_digit("200417"))

    def test_number_keeps_the_order_digits(self):
        self.assertTrue(invoice_number("ORD-200417").startswith("INV-200417-"))
