"""The store for assistants: tools of the Model Context Protocol, over HTTP and on stdio.

Only :mod:`kps_graph.web.mcp.server` imports the extra ``mcp``, and only when a client comes.
"""

from kps_graph.web.mcp.rooms import routes

__all__ = ["routes"]
