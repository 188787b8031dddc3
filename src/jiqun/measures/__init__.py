"""Measures 测度: one file a measure; each turns a record into estimates."""
