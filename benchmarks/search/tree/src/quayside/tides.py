"""Predicts water levels from harmonic constituents."""

import math


class TidePredictor:
    def __init__(self, constituents, mean_level):
        self.constituents = constituents
        self.mean_level = mean_level

    def height_at(self, hours):
        return self.mean_level + sum(
            c.amplitude * math.cos(math.radians(c.speed * hours - c.phase)) for c in self.constituents
        )

    def next_high_water(self, hours, step=0.1):
        before = self.height_at(hours)
        while True:
            hours += step
            after = self.height_at(hours)
            if after < before:
                return hours - step
            before = after
