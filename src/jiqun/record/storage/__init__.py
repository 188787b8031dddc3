"""The record on disk: a folder of Parquet files with a descriptor, or the same as one ZIP file."""

from jiqun.record.storage.reading import read
from jiqun.record.storage.rules import RULES
from jiqun.record.storage.scanning import scan, verify
from jiqun.record.storage.writing import fingerprint, seal, write

__all__ = ["RULES", "fingerprint", "read", "scan", "seal", "verify", "write"]
