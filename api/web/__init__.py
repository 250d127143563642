"""The web page: HTML written on the server, plain ES modules and one style sheet beside it."""
