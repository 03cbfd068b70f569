"""Printed figures: what they may stem from, exactly."""
