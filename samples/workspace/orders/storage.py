"""Orders and booked totals on disk: JSON lines and CSV, so that everybody can read them."""

import csv
import json
from decimal import Decimal

from orders.errors import BadRecord
from orders.model import Order, OrderLine
from orders.money import Money


def load_orders(path):
    """All orders of a file, in its order; one JSON object a line."""
    orders = []
    with open(path, encoding="utf-8") as file:
        for number, text in enumerate(file, start=1):
            if text.strip():
                orders.append(_order(path, number, text))
    return orders


def _order(path, number, text):
    try:
        record = json.loads(text)
        return Order(
            record["order"],
            record["day"],
            record["country"],
            record["currency"],
            tuple(OrderLine(line["sku"], int(line["quantity"])) for line in record["lines"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadRecord(path, number, f"not an order: {error}") from error


def load_ledger(path):
    """What accounting booked, by invoice number."""
    with open(path, newline="", encoding="utf-8") as file:
        return {
            row["invoice"]: Money(Decimal(row["total"]), row["currency"])
            for row in csv.DictReader(file)
        }
