"""What is looked up often, beside the quads in a SQLite file: derived, deleted and made anew at will.

`facts` takes out of a document's graph what is indexed, `tables` keeps it, `finding` asks it, `keeping` opens the file
and brings it up to the version of the quads.
"""
