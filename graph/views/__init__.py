"""Views of the store: networks and matrices. Each can be dropped and is rebuilt when the store moves on."""
