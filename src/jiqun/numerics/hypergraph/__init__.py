"""Hypergraphs 超图: alliances of any size as arrays, and what can be counted on them.

Paper: K3g, K3i (alliances that are more than their pairs). Nodes are firms, hyperedges alliances.
"""
