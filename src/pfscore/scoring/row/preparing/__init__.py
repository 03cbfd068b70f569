"""What a row needs before it is compared: its numbers, what the ruleset fixes about it, and its rule."""
