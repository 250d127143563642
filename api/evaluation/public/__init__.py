"""Public sets of the field, measured where they lie beside the checkout: each its own reader and scorer, one shape of
result.
"""
