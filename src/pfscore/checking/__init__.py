"""Checking a ruleset before any form: consistency, coverage, proofs, examples."""
