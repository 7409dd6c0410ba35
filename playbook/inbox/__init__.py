"""The inbox: plain lines, written from any editor, that become entries in the files they belong to.

`reading` knows the file, `understanding` what a line means: whom it begins with (`beginning`), what passed between you
(`talks`, `places`), what else a verb does (`verbs`). Refuses to write, to ask, or to guess; whoever only counts the
lines need not wait for what understands them.
"""
