"""jiqun 集群: which kind of digital industrial cluster this is, how far along, on what evidence."""
