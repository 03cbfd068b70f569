"""What a rule gives to a row: an award, by a way of scoring or left to a person."""
