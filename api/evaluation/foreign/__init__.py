"""Questions on RDF graphs that are not ours: public sets, abstention sets made from them, baselines, scores."""
