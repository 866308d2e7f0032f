"""How a text of the library is cited: one record of what a citation says, and one module for each format that says it.

None of these formats names a person: a text is by the organisation that shares it, a document by whoever issued it.
"""
