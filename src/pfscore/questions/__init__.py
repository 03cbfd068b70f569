"""What people ask about forms: compare, needed, monitor, rollup."""
