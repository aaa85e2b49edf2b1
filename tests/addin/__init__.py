"""The add-in: built, read back, executed by LibreOffice, installed into made-up homes, and attacked."""
