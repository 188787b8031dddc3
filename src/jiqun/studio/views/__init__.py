"""What each view shows of a record, as arrays and rows: read a column at a time, changed by nothing."""
