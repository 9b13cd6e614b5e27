"""The explorer's pages: functions from values to HTML, for the server and for the static site.

Nothing here asks a store or knows of requests. A page is made of values and of its
:class:`~kps_graph.exports.site.frame.Frame`, which says in which language it is and how it links.
"""
