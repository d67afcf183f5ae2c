"""Invoice numbers: the order's number with a check digit against typing errors."""


def check_digit(digits):
    """The Luhn digit of a string of digits."""
    total = 0
    for position, char in enumerate(reversed(digits)):
        value = int(char) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def invoice_number(order_number):
    """`ORD-200417` becomes `INV-200417-4`."""
    digits = order_number.partition("-")[2]
    return f"INV-{digits}-{check_digit(digits)}"
