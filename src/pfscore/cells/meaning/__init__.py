"""From clauses to readings: what a cell says."""
