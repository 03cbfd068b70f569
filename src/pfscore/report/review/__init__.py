"""Reviews of many forms for people: score, findings and what is needed, as one page, a workbook or Markdown."""
