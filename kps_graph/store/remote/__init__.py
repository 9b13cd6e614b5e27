"""A store on a SPARQL 1.1 server, asked and written by the W3C's protocols."""
