"""Numbers that answer a target only together with another number."""
