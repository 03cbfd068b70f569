"""What the words beside a number say: which part of the actual answers, what else is asked, what speaks against it."""
