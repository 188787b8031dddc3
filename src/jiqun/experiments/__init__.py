"""Experiments 实验: many runs of the model, kept, compared, calibrated and held to what came later."""
