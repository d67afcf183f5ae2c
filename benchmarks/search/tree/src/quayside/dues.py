"""What a stay costs."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def harbour_dues(gross_tonnage, nights, tariff):
    """Dues by tonnage and nights; the first night costs double."""
    rate = tariff.rate_for(gross_tonnage)
    amount = rate * Decimal(gross_tonnage) * Decimal(nights + 1)
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def apply_rebate(amount, visits_this_year):
    """Frequent callers pay less: two percent a visit, at most twenty."""
    percent = min(20, 2 * visits_this_year)
    return (amount * (100 - percent) / 100).quantize(CENT, rounding=ROUND_HALF_UP)
