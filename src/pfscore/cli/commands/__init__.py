"""The commands, one a module with `HELP`, `arguments` and `run`."""
