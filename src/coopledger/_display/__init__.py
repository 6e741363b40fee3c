"""What terminal, notebook, report and pages share when they show an answer.

Signs, words, dates as people read them, and pieces of HTML. Nothing here asks a ledger.
"""
