"""Parts of ``synthetic_cluster.py``: shapes, the town, and one file for each family of tables."""
