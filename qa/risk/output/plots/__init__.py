"""Charts of risk reports as pictures, drawn by matplotlib; nothing of it is loaded before a picture is asked for."""
