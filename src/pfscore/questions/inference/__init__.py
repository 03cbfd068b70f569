"""Inferring rules from published forms."""
