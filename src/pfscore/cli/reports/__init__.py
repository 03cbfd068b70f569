"""What a command reports: which findings, and into which files."""
