"""State: rows of firms begin where a line of the cache does, so that a look at one takes few lines."""

from jiqun.model.state import LINE, Firms, allocate


def test_every_row_of_firms_begins_with_a_line_of_the_cache() -> None:
    firms = allocate(Firms, 7)
    assert firms.dtype.itemsize % LINE == 0
    assert firms.ctypes.data % LINE == 0


def test_what_partners_look_up_of_a_firm_lies_in_its_first_three_lines() -> None:
    places = allocate(Firms, 1).dtype.fields
    assert places is not None
    first = ("x", "y", "facility_x", "facility_y", "digital", "stock", "industry", "alive")
    assert max(places[name][1] for name in first) < LINE
    second = ("revenue", "digital_revenue", "profit", "factors", "growth", "logic")
    assert {places[name][1] // LINE for name in second} == {1}
