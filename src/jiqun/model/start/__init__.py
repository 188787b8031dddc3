"""Starts from a real record 由真实记录起步: what it says is taken over, what it lacks is drawn."""
