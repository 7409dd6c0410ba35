"""Decides what a reader of one page needs: selected for the audience, sorted, grouped, counted. No markup."""
