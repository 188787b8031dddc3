"""Tests of decomposability."""
