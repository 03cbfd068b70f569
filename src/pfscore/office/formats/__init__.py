"""The readers, one for each format, each imported when a file needs it."""
