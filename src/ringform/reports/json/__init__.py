"""JSON for programs: versioned, and copied field by field, so that internal changes do not change it."""
