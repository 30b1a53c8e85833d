"""Reports: results made readable, one package a format. Everything from outside is escaped for where it goes."""
