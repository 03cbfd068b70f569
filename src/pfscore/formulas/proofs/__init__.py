"""Proving what holds for every value of a formula."""
