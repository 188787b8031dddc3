"""Figures 图: hand-written SVG whose text stays text, drawn once for each language."""
