"""The studio 工作台: the page on one's own machine, and what answers it."""
