"""What people read: tables, pages and pictures."""
