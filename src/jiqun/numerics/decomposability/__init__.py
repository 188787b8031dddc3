"""Decomposability 可分解性: does what pairs achieve depend on the state of other pairs?

Paper: K3f (decomposes into bilateral ties), K3g, K3j (A-B fails because A-C or C-D do not fit).
"""
