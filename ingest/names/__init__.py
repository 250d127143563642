"""Names in text: those that the catalogue holds, and new ones typed from how the text uses them."""
