"""Value added tax by country and tax class."""

from decimal import Decimal

STANDARD = "standard"
REDUCED = "reduced"

_RATES = {
    "AT": {STANDARD: Decimal("0.20"), REDUCED: Decimal("0.10")},
    "DE": {STANDARD: Decimal("0.19"), REDUCED: Decimal("0.07")},
    "FR": {STANDARD: Decimal("0.20"), REDUCED: Decimal("0.055")},
    "GB": {STANDARD: Decimal("0.20"), REDUCED: Decimal("0.05")},
    "JP": {STANDARD: Decimal("0.10"), REDUCED: Decimal("0.08")},
    "US": {},
}


def tax_rate(country, tax_class):
    """The share of the net that is due; 0 where we do not collect."""
    return _RATES.get(country, {}).get(tax_class, Decimal(0))


def tax_on(net_by_class, country):
    """The tax of one invoice: one rounding for each tax class, as the authorities ask."""
    taxes = {}
    for tax_class, net in sorted(net_by_class.items()):
        rate = tax_rate(country, tax_class)
        if rate:
            taxes[tax_class] = net.times(rate).rounded()
    return taxes
