"""Questions on RDF graphs that nobody has seen: the graph is profiled, nothing is known of it beforehand."""
