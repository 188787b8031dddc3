"""The loop 闭环检验: simulate clusters, hide what they are, take tables away, diagnose, and score.

Paper: T1, S1-S18, Q17 (truth may stall or fall back; it is read from the mechanisms, never from a diagnosis)
"""
