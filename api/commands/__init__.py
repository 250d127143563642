"""The commands, one small file each; api/cli.py lists them."""
