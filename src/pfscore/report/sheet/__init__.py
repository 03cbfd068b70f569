"""Scored forms as text."""
