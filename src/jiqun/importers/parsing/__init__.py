"""Parsing 解析: encodings, headings, dates and numbers as people write them."""
