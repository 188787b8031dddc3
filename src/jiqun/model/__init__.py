"""The agent-based model 模型: one rule set for every cluster, in which types and stages may emerge.

Start with :mod:`jiqun.model.period`, which lists the processes in causal order.
"""
