from quayside.berths import Berth, BerthFinder


def test_keeps_clearance_under_the_keel(calendar, ship):
    finder = BerthFinder([Berth("A1", 120, 6.0)], calendar)
    assert finder.candidates(ship(length=100, draught=5.8), 1, 2) == []


def test_prefers_the_shortest_free_berth_that_fits(calendar, ship):
    finder = BerthFinder([Berth("A1", 200, 9), Berth("A2", 120, 9)], calendar)
    assert [b.name for b in finder.candidates(ship(length=100, draught=5), 1, 2)] == ["A2", "A1"]
