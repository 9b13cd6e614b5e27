"""The web: one process on a store, for SPARQL clients, programs and people.

Handlers are shells over :mod:`kps_graph.graph` and :mod:`kps_graph.pipeline`: they read a request,
call one function, and write its answer. :func:`kps_graph.web.app.application` puts the rooms
together; each room gives its routes.
"""
