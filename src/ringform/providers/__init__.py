"""The vendors. Each knows one API: its manifest fields, its normal form, its calls. ``execution`` sends them."""
