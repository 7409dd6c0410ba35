"""Decides what a reader of one page needs: selected, sorted, grouped, counted, worded. No markup.

Every view is a frozen dataclass; what is not in a view cannot be shown, because templates see nothing else.
"""
