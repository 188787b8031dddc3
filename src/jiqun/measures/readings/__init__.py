"""What several measures read from a record in the same way."""
