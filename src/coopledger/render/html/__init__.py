"""Pages of HTML that a report and a server share: board, pending, agenda, partnerships, figures.

Each page is shaped here as rows and lengths, by functions that ask a view and draw nothing, and
written by a template of jinja2, the extra ``report``. One sheet of style, all below ``.cl``.
"""
