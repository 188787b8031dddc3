"""The record 记录: what a cluster or a register is, on disk and in memory."""
