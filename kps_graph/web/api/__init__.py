"""The library as an API: searches, questions and queries by name, as JSON or CSV."""

from kps_graph.web.api.rooms import routes

__all__ = ["routes"]
