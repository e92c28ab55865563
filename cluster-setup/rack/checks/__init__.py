"""What doctor checks: each check is a function that yields findings, and is told by its name.

Of what nobody could learn (None in a survey) a check finds nothing.
"""
