"""Whole columns of rows, scored as Arrow tables: what only those import who have the extra `arrow`."""
