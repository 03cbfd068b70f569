"""Auditing: what contradicts itself in published forms."""
