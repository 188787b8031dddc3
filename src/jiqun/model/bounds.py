"""The bounds of parameters, written into their types so that a scenario is checked by them."""

from typing import Annotated

from annotated_types import Ge, Gt, Le

NonNegative = Annotated[float, Ge(0)]
Positive = Annotated[float, Gt(0)]
Share = Annotated[float, Ge(0), Le(1)]
Exponent = Annotated[float, Ge(-5), Le(0.95)]
