"""What a row gives: its cells, its numbers, and what the ruleset fixes in their place."""
