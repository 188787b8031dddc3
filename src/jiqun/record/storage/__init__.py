"""Storage 存储: a record as a folder or a zip of Parquet tables."""
