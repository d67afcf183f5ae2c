"""The products we sell, each with a price in the currency of its supplier."""

import csv
from dataclasses import dataclass

from orders.errors import UnknownProduct
from orders.money import Money


@dataclass(frozen=True)
class Product:
    sku: str
    title: str
    price: Money
    tax_class: str


class Catalog:
    def __init__(self, products):
        self._products = {product.sku: product for product in products}

    @staticmethod
    def load(path):
        with open(path, newline="", encoding="utf-8") as file:
            return Catalog(
                Product(
                    row["sku"],
                    row["title"],
                    Money.of(row["price"], row["currency"]),
                    row["tax_class"],
                )
                for row in csv.DictReader(file)
            )

    def product(self, sku):
        if sku not in self._products:
            raise UnknownProduct(sku)
        return self._products[sku]

    def skus(self):
        return sorted(self._products)
