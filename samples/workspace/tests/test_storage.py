import tempfile
import unittest
from pathlib import Path

from orders.errors import BadRecord
from orders.model import OrderLine
from orders.money import Money
from orders.storage import load_ledger, load_orders

LINE = '{"order":"ORD-1","day":"2026-11-16","country":"DE","currency":"EUR","lines":[{"sku":"PEN","quantity":2}]}'


class StorageTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = Path(directory.name) / "file"

    def test_reads_orders_and_skips_blank_lines(self):
        self.path.write_text(LINE + "\n\n" + LINE + "\n", encoding="utf-8")
        orders = load_orders(self.path)
        self.assertEqual(2, len(orders))
        self.assertEqual((OrderLine("PEN", 2),), orders[0].lines)

    def test_says_where_a_bad_record_is(self):
        self.path.write_text(LINE + "\n{}\n", encoding="utf-8")
        with self.assertRaisesRegex(BadRecord, "file:2: not an order"):
            load_orders(self.path)

    def test_reads_the_ledger(self):
        self.path.write_text("invoice,total,currency\nINV-1-8,3.58,EUR\n", encoding="utf-8")
        self.assertEqual({"INV-1-8": Money.of("3.58", "EUR")}, load_ledger(self.path))
