"""Exchange forms 交换格式: workbook and HIF, written from a record."""
