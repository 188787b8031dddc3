"""Compiling: what kernels alone call refuses to be called from Python, which would end the process."""

import pytest

from jiqun.model.laws import strength


def test_a_function_for_kernels_says_so_when_python_calls_it() -> None:
    with pytest.raises(TypeError, match="strength is for kernels"):
        strength(1.0)
