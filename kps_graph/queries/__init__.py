"""The library of queries: headers, parameters, pages."""
