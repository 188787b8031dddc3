"""Importers 导入: one file a source; each turns it into a record or a list of problems."""
