"""One module for each kind of what is compared: numbers, words, dates, and targets of several parts."""
