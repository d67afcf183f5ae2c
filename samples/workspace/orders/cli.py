"""The command line: show an invoice, reconcile all, list the rates."""

import argparse
import sys

from orders.catalog import Catalog
from orders.config import Config
from orders.currency import Converter
from orders.errors import OrdersError
from orders.invoicing import Invoicing
from orders.rates import RateTable
from orders.reconcile import reconcile
from orders.report import invoice_text, mismatch_text
from orders.storage import load_ledger, load_orders


def main(arguments=None, config=None, out=sys.stdout):
    """Runs one command; 0 is fine, 1 is a difference found, 2 is bad data or bad usage."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options, config or Config.from_environment(), out)
    except OrdersError as error:
        print(f"orders: {error}", file=sys.stderr)
        return 2


def _parser():
    parser = argparse.ArgumentParser(prog="orders", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    show = commands.add_parser("show", help="print one invoice")
    show.add_argument("invoice")
    show.set_defaults(run=_show)
    check = commands.add_parser("reconcile", help="compare all invoices with the ledger")
    check.add_argument("--verbose", action="store_true", help="print every invoice as well")
    check.set_defaults(run=_reconcile)
    rates = commands.add_parser("rates", help="list the currencies with a rate")
    rates.set_defaults(run=_rates)
    return parser


def _invoices(config):
    converter = Converter(RateTable.load(config.rates))
    invoicing = Invoicing(Catalog.load(config.catalog), converter)
    return [invoicing.invoice(order) for order in load_orders(config.orders)]


def _show(options, config, out):
    found = [invoice for invoice in _invoices(config) if invoice.number == options.invoice]
    if not found:
        raise OrdersError(f"no invoice {options.invoice}")
    print(invoice_text(found[0]), file=out)
    return 0


def _reconcile(options, config, out):
    invoices = _invoices(config)
    if options.verbose:
        for invoice in invoices:
            print(invoice_text(invoice), file=out)
    mismatches = reconcile(invoices, load_ledger(config.ledger))
    for mismatch in mismatches:
        print(mismatch_text(mismatch), file=out)
    print(f"reconciled {len(invoices)} invoices, {len(mismatches)} differ", file=out)
    return 1 if mismatches else 0


def _rates(options, config, out):
    print(" ".join(RateTable.load(config.rates).currencies()), file=out)
    return 0
