"""Reports: results rendered as text, JSON and other formats, each of which escapes what comes from outside."""
