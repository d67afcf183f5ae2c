"""What can go wrong, in words that support can read to a customer."""


class OrdersError(Exception):
    """Base of all errors that are somebody's data and not our bug."""


class UnknownProduct(OrdersError):
    def __init__(self, sku):
        super().__init__(f"no product {sku!r} in the catalog")


class UnknownCurrency(OrdersError):
    def __init__(self, code):
        super().__init__(f"no exchange rate for {code!r}")


class CurrencyMismatch(OrdersError):
    def __init__(self, left, right):
        super().__init__(f"cannot add {right} to {left}: convert first")


class BadRecord(OrdersError):
    def __init__(self, source, line, reason):
        super().__init__(f"{source}:{line}: {reason}")
