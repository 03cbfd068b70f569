"""What the engine has found about rows of one shape, as functions of integers."""
