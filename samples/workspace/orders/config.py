"""Where the data lies; ORDERS_DATA points elsewhere."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Config:
    data: Path

    @staticmethod
    def from_environment(environment=os.environ):
        default = Path(__file__).resolve().parent.parent / "data"
        return Config(Path(environment.get("ORDERS_DATA", default)))

    @property
    def orders(self):
        return self.data / "orders.jsonl"

    @property
    def ledger(self):
        return self.data / "ledger.csv"

    @property
    def catalog(self):
        return self.data / "catalog.csv"

    @property
    def rates(self):
        return self.data / "rates.csv"
