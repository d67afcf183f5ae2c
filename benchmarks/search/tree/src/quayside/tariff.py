"""Tables of rates, read from CSV."""

import csv
from decimal import Decimal


class TariffTable:
    def __init__(self, bands):
        self._bands = sorted(bands)

    @classmethod
    def from_csv(cls, path):
        with open(path, newline="", encoding="utf-8-sig") as rows:
            return cls((int(row["up_to"]), Decimal(row["rate"])) for row in csv.DictReader(rows))

    def rate_for(self, gross_tonnage):
        for limit, rate in self._bands:
            if gross_tonnage <= limit:
                return rate
        raise LookupError(f"no band for {gross_tonnage} tons")
