"""What all levers together do in each period, as arrays that the processes read."""

from typing import Annotated

from jiqun.model.state import Field, Floats, Longs, Table, allocate


class Levers(Table):
    """Effects, one row a period; all zero where no policy is set."""

    infrastructure: Annotated[Floats, Field("added to every region's infrastructure")]
    grant: Annotated[Floats, Field("to each firm chosen", "money")]
    chosen: Annotated[Longs, Field("number of firms chosen", "firms")]
    rule: Annotated[Longs, Field("by 0 sales, 1 digital capability, 2 chance")]
    template: Annotated[Floats, Field("share of adoption's cost that small firms are spared")]
    scenario: Annotated[Floats, Field("demand for digital services", "money/period")]
    circulation: Annotated[Floats, Field("share of barriers to data removed")]
    coordination: Annotated[Floats, Field("share of data facilities' cost paid")]
    levy: Annotated[Floats, Field("share of sales that pays for it")]


def no_policy(periods: int) -> Levers:
    """Return the schedule of a world without policy."""
    return allocate(Levers, periods)
