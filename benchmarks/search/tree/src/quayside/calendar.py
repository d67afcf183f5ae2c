"""Reservations of berths in time."""

import bisect


class OverlapError(ValueError):
    """Two stays want the same berth at the same time."""


class BerthCalendar:
    def __init__(self):
        self._stays = {}

    def reserve(self, berth, arrival, departure, ship):
        if departure <= arrival:
            raise ValueError("departure must come after arrival")
        if not self.is_free(berth, arrival, departure):
            raise OverlapError(f"{berth} is taken between {arrival} and {departure}")
        bisect.insort(self._stays.setdefault(berth, []), (arrival, departure, ship))

    def is_free(self, berth, arrival, departure):
        return all(end <= arrival or start >= departure for start, end, _ in self._stays.get(berth, ()))

    def cancel(self, berth, ship):
        self._stays[berth] = [stay for stay in self._stays.get(berth, ()) if stay[2] != ship]
