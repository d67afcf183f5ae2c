import contextlib
import io
import tempfile
import unittest
from pathlib import Path

from orders.cli import main
from orders.config import Config


class CliTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        data = Path(directory.name)
        self.write(data / "catalog.csv", "sku,title,price,currency,tax_class", "PEN,Pen,1.79,EUR,standard")
        self.write(data / "rates.csv", "currency,per_euro", "USD,1.1593")
        self.write(data / "ledger.csv", "invoice,total,currency", "INV-1-8,3.58,EUR")
        self.write(
            data / "orders.jsonl",
            '{"order":"ORD-1","day":"2026-11-16","country":"US","currency":"EUR",'
            '"lines":[{"sku":"PEN","quantity":2}]}',
        )
        self.config = Config(data)

    @staticmethod
    def write(path, *lines):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def run_cli(self, *arguments):
        out = io.StringIO()
        return main(list(arguments), self.config, out), out.getvalue()

    def test_reconcile_is_silent_about_what_agrees(self):
        self.assertEqual((0, "reconciled 1 invoices, 0 differ\n"), self.run_cli("reconcile"))

    def test_show_prints_the_total(self):
        code, text = self.run_cli("show", "INV-1-8")
        self.assertEqual(0, code)
        self.assertRegex(text, r"total +3\.58")

    def test_unknown_invoice_is_an_error(self):
        with contextlib.redirect_stderr(io.StringIO()) as errors:
            code, _ = self.run_cli("show", "INV-9-9")
        self.assertEqual(2, code)
        self.assertIn("no invoice INV-9-9", errors.getvalue())

    def test_rates_lists_the_currencies(self):
        self.assertEqual((0, "EUR USD\n"), self.run_cli("rates"))
