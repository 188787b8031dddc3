"""Numerics 数值: arrays in, arrays out; this layer never sees a record or a data frame."""
