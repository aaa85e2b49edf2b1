"""Excel on a machine without Excel: a small model of it, an xlwings engine and a fake COM layer over the model."""
