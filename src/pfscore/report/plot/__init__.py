"""Pictures of rules."""
