"""What changed between two instants, and who wants to know of it.

difference.difference(store, since, until)    claims new, changed, gone, confirmed, denied
watch.watches(store)                          watch lists, kept in the store
watched.touched(store, lists)                 the claims that watch lists are about, the latest taken in first
"""
