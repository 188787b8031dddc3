"""Diagnosis 诊断: estimates become a type and a stage with evidence, or the answer that it is open."""
