"""Forms: from files to indicators and budget lines."""
