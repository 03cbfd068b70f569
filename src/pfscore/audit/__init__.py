"""Audit: what cannot be right in published forms, and questions that people ask about them."""
