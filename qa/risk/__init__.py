"""Who depends on whom: reports on ranges, with the path and the evidence behind every number. One file a measure."""
