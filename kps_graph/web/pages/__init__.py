"""The explorer: pages for people, and a page to drop a draft on.

Handlers read a request, call one function of :mod:`kps_graph.web.views`, and write its page.
"""

from kps_graph.web.pages.answering import headed
from kps_graph.web.pages.routed import framed, handlers, html, routes

__all__ = ["framed", "handlers", "headed", "html", "routes"]
