#!/usr/bin/env python3
"""Makes the data and the logs of the sample workspace anew; the same bytes every time.

    python3 samples/generate.py

The ledger holds the right totals (rounded once for each invoice). The mismatches in the logs are
what the package, with its bug, really computes: they are left as they are once it is fixed.
"""

import datetime
import json
import random
import sys
from pathlib import Path

WORKSPACE = Path(__file__).resolve().parent / "workspace"
sys.path.insert(0, str(WORKSPACE))
sys.dont_write_bytecode = True

from orders.catalog import Catalog  # noqa: E402
from orders.invoicing import Invoicing  # noqa: E402
from orders.model import Order, OrderLine  # noqa: E402
from orders.money import Money  # noqa: E402
from orders.rates import RateTable  # noqa: E402

DAYS = ("2026-11-16", "2026-11-17", "2026-11-18")
ORDERS_PER_DAY = 100
DEPLOYED = ("2026-11-17", "12:03:19.339")
COUNTRIES = (("DE", "EUR"), ("AT", "EUR"), ("FR", "EUR"), ("GB", "GBP"), ("US", "USD"), ("JP", "JPY"))
# Not a token: it shows that Homeport masks what looks like one.
FAKE_TOKEN = "ghp_" + "EXAMPLE" * 5 + "0"


class ExactConverter:
    def __init__(self, rates):
        self._rates = rates

    def convert(self, money, target):
        return Money(money.amount * self._rates.rate(money.currency, target), target)


class RoundingConverter(ExactConverter):
    def convert(self, money, target):
        return super().convert(money, target).rounded() if money.currency != target else money


def make_orders(rng, catalog):
    orders = []
    for day in DAYS:
        for _ in range(ORDERS_PER_DAY):
            country, currency = rng.choices(COUNTRIES, weights=(6, 2, 2, 3, 3, 1))[0]
            skus = rng.sample(catalog.skus(), rng.choices((1, 2, 3, 4), weights=(5, 4, 3, 2))[0])
            lines = tuple(
                OrderLine(sku, rng.choices((1, 2, 3, 5, 12, 30), weights=(9, 6, 4, 2, 2, 1))[0])
                for sku in skus
            )
            orders.append(Order(f"ORD-{200401 + len(orders)}", day, country, currency, lines))
    return orders


class Log:
    """Lines of one service, in the order of their time."""

    def __init__(self):
        self._lines = []

    def add(self, time, level, logger, text):
        stamp = time.isoformat(timespec="milliseconds")
        self._lines.append(f"{stamp}Z {level:<5} {logger:<17} {text}")

    def day(self, day):
        return [line for line in sorted(self._lines) if line.startswith(day)]


def at(day, time):
    return datetime.datetime.fromisoformat(f"{day}T{time}")


def some_time(rng, day, first_hour, last_hour):
    span = (last_hour - first_hour) * 3_600_000
    return at(day, f"{first_hour:02}:00") + datetime.timedelta(milliseconds=rng.randrange(span))


def log_order(log, rng, time, order, invoice):
    trace = f"trace={rng.getrandbits(40):010x}"
    took = rng.randint(9, 80)
    steps = [
        ("INFO", "orders.http", f"POST /orders 202 {order.number} ms={took} {trace}"),
        (
            "INFO",
            "orders.invoicing",
            f"issued {invoice.number} total={invoice.total.amount} currency={order.currency}"
            f" converted={','.join(invoice.sources()) or '-'} lines={len(order.lines)} {trace}",
        ),
    ]
    if rng.random() < 0.08:
        steps.append(("WARN", "orders.gateway", f"retry {invoice.number} reason=timeout attempt=2 {trace}"))
    steps.append(("INFO", "orders.gateway", f"charged {invoice.number} {trace}"))
    for level, logger, text in steps:
        log.add(time, level, logger, text)
        time += datetime.timedelta(milliseconds=rng.randint(5, 700))


def log_noise(log, rng, day):
    for _ in range(110):
        path = rng.choice(("/health", "/catalog", "/catalog/PEN-FINE", "/rates", "/invoices"))
        text = f"GET {path} 200 ms={rng.randint(1, 40)}"
        log.add(some_time(rng, day, 0, 23), "INFO", "orders.http", text)
    for _ in range(12):
        text = f"cache miss sku={rng.choice(('TEA-TIN', 'WASHI-3', 'INK-BLK'))}"
        log.add(some_time(rng, day, 5, 22), "DEBUG", "orders.catalog", text)
    if day != DAYS[0]:
        text = "provider timeout after 10 s, attempt=1; rates stale since yesterday"
        log.add(at(day, "05:58:12.040"), "WARN", "orders.rates", text)
    log.add(at(day, "06:00:00.417"), "INFO", "orders.rates", "loaded table currencies=5 source=treasury")


def log_reconcile(log, rng, day, pairs):
    run = f"run=rc-{day[5:7]}{day[8:]}"
    time = at(day, "23:30:00.102")
    log.add(time, "INFO", "orders.reconcile", f"reconcile start {run} invoices={len(pairs)}")
    different = [(issued, booked) for issued, booked in pairs if issued.total != booked.total]
    for issued, booked in different:
        time += datetime.timedelta(milliseconds=rng.randint(20, 900))
        text = (
            f"mismatch {issued.number} total={issued.total.amount} booked={booked.total.amount}"
            f" diff={(issued.total - booked.total).amount:+} currency={issued.currency}"
            f" converted={','.join(issued.sources()) or '-'} lines={len(issued.lines)} {run}"
        )
        log.add(time, "WARN", "orders.reconcile", text)
    time += datetime.timedelta(seconds=2)
    level = "ERROR" if different else "INFO"
    text = f"reconcile summary {run} invoices={len(pairs)} differ={len(different)}"
    log.add(time, level, "orders.reconcile", text)


def log_deployment(log):
    log.add(at(*DEPLOYED), "INFO", "orders.deploy", "stopping release=2026.46.0")
    text = (
        'started release=2026.46.1 changes="SHOP-463 converter returns amounts ready to be shown;'
        ' SHOP-470 faster catalog"'
    )
    log.add(at(DEPLOYED[0], "12:03:41.220"), "INFO", "orders.deploy", text)
    text = f'header dump left on: authorization="Bearer {FAKE_TOKEN}" (sample: a fake)'
    log.add(at(DEPLOYED[0], "12:05:02.816"), "DEBUG", "orders.gateway", text)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path.relative_to(WORKSPACE)}: {text.count(chr(10))} lines, {len(text)} bytes")


def record(order):
    lines = [{"sku": line.sku, "quantity": line.quantity} for line in order.lines]
    return json.dumps(
        {"order": order.number, "day": order.day, "country": order.country, "currency": order.currency, "lines": lines}
    )


def main():
    rng = random.Random(482)
    catalog = Catalog.load(WORKSPACE / "data" / "catalog.csv")
    rates = RateTable.load(WORKSPACE / "data" / "rates.csv")
    exact = Invoicing(catalog, ExactConverter(rates))
    rounding = Invoicing(catalog, RoundingConverter(rates))
    orders = make_orders(rng, catalog)
    log = Log()
    log_deployment(log)
    for day in DAYS:
        log_noise(log, rng, day)
        pairs = []
        times = sorted(some_time(rng, day, 5, 22) for _ in range(ORDERS_PER_DAY))
        for time, order in zip(times, (order for order in orders if order.day == day)):
            booked = exact.invoice(order)
            issued = rounding.invoice(order) if time > at(*DEPLOYED) else booked
            log_order(log, rng, time, order, issued)
            pairs.append((issued, booked))
        log_reconcile(log, rng, day, pairs)
        write(WORKSPACE / "logs" / f"orders-{day}.log", "\n".join(log.day(day)) + "\n")
    write(WORKSPACE / "data" / "orders.jsonl", "\n".join(map(record, orders)) + "\n")
    booked = (exact.invoice(order) for order in orders)
    rows = (f"{invoice.number},{invoice.total.amount},{invoice.currency}" for invoice in booked)
    write(WORKSPACE / "data" / "ledger.csv", "invoice,total,currency\n" + "\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
