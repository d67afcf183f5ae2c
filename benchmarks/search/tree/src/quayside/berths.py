"""Which berths a ship fits into."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Berth:
    name: str
    length_m: float
    depth_m: float
    has_shore_power: bool = False


class BerthFinder:
    """Finds free berths by the draught and length of a ship."""

    KEEL_CLEARANCE = 0.5

    def __init__(self, berths, calendar):
        self._berths = list(berths)
        self._calendar = calendar

    def candidates(self, ship, arrival, departure):
        fitting = [b for b in self._berths if self._fits(b, ship)]
        free = [b for b in fitting if self._calendar.is_free(b.name, arrival, departure)]
        return sorted(free, key=lambda b: b.length_m)

    def _fits(self, berth, ship):
        return berth.length_m >= ship.length_m and berth.depth_m >= ship.draught_m + self.KEEL_CLEARANCE
