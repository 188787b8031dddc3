"""The model: its processes, its runs and what they leave."""
