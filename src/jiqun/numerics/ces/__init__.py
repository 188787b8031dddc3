"""Production functions with constant elasticity of substitution 常替代弹性生产函数.

One estimator for a firm panel (:mod:`~jiqun.numerics.ces.substitution`), whose elasticity between
data and the traditional factors is profiled, and one for the nested forms of the literature
(:mod:`~jiqun.numerics.ces.nested`), in which published results can be repeated.
"""
