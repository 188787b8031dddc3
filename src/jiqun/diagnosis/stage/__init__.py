"""The stage 阶段: markers of Table 2 in windows of time, and the path of stages that they tell.

Paper: S1-S18 (Table 2), I1a-I3h, N1a-N3c, Q17 (stages may stall, fall back or never come)
"""
