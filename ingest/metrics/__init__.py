"""Metric claims: amounts linked to the metric they measure, whose it is, what part of it, when, and whether level,
change or share.
"""
