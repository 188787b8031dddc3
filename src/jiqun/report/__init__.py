"""Reports 报告: findings that people hand on."""
