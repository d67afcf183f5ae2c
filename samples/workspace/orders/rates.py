"""Exchange rates of one day, as the treasury publishes them: units of a currency for one euro."""

import csv
from decimal import Decimal

from orders.errors import BadRecord, UnknownCurrency

BASE = "EUR"


class RateTable:
    """Rates against the euro; every other pair is crossed through it."""

    def __init__(self, per_euro):
        self._per_euro = {BASE: Decimal(1), **per_euro}

    @staticmethod
    def load(path):
        per_euro = {}
        with open(path, newline="", encoding="utf-8") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                try:
                    per_euro[row["currency"]] = Decimal(row["per_euro"])
                except (KeyError, ArithmeticError) as error:
                    raise BadRecord(path, number, f"not a rate: {row}") from error
        return RateTable(per_euro)

    def rate(self, source, target):
        """What one unit of `source` is worth in `target`."""
        return self._get(target) / self._get(source)

    def currencies(self):
        return sorted(self._per_euro)

    def _get(self, code):
        if code not in self._per_euro:
            raise UnknownCurrency(code)
        return self._per_euro[code]
