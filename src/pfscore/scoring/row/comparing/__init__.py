"""The cells of a row: read, and the actual compared with the target."""
