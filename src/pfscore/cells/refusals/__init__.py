"""Cells that are refused: damage, mistakes, and the sentences that say so."""
