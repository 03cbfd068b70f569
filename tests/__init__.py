"""The tests. Helpers are shared by `from tests.<folder>.<module> import …`."""
