"""A course on paper and in workbooks: the template, its tables, matrices, the official report."""
