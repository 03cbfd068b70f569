"""What words answer: grades, directions and limits, and that something was not done."""
