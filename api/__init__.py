"""What users and programs meet: the command line, the HTTP API, the web page, the evaluation."""
