"""The machinery of proofs: rational functions, stretches of the number line, pieces, scaling."""
