"""What words answer: an answer beside a row's name, what falls short, and what takes a comparison back."""
