"""The model once more, in plain Python: what the kernels are held to, bit for bit.

Firms are objects that know each other; there are no slots, no blocks, no index arrays. What is
shared with the package is what it declares (rules, switches, scenarios, the start) and the order of
the stages; every law is written out again. It is slow: some thousand firm-steps a second.
"""
