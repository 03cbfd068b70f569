"""Scoring one row: read, complete, choose, compare, award."""
