"""PDFs: their ruled tables, what they may ask for, and tables that go on over pages."""
