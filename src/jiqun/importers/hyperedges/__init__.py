"""Hypergraphs as lists of hyperedges: each becomes an alliance, each node a firm.

Three ways in which they are published, told by what is there, compressed or not:

- a folder (or its first file) with ``NAME-nverts.txt`` (how many nodes each hyperedge has),
  ``NAME-simplices.txt`` (the nodes, one after the other) and, if there is one, ``NAME-times.txt``; one
  whole number a line;
- a text file with a hyperedge a line, its nodes divided by commas, semicolons, tabs or blanks; a first
  line ``size=N`` says that the nodes 0 to N − 1 exist, whether or not they are in a hyperedge;
- a text file headed ``# source, target`` with hyperedge and node of one membership a line; a third
  column is kept in ``x_weight`` of the membership.

Times stay in ``x_time`` of the alliance. They become days where their size leaves one reading (days,
seconds or milliseconds, from 1970 or from year 1), or where ``unit`` and ``from`` say which; that is told.
An end is not in such files: alliances have none.

Nodes are whatever the file is about. Labels may name persons, for whom a record has no place: files of
labels are read with ``names=yes`` only.

Left out: hyperedges without a node, nodes named twice in one, lines that cannot be read, each reported. A
hyperedge of one node is kept: an alliance of one, which is not measured.

Paper: K3g, K3h (alliances and who is in them).
"""

from jiqun.importers.hyperedges.importing import IMPORTER

__all__ = ["IMPORTER"]
