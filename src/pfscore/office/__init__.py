"""Office files: workbooks, documents, pages and PDFs, read into grids of cells as a person sees them."""
