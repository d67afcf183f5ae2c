from decimal import Decimal

from quayside.dues import apply_rebate, harbour_dues


def test_first_night_costs_double(tariff):
    assert harbour_dues(1000, 1, tariff) == Decimal("200.00")


def test_rebate_stops_at_twenty_percent():
    assert apply_rebate(Decimal("100.00"), 50) == Decimal("80.00")
