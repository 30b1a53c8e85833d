"""Where the core meets an account: reading it, planning against it, and carrying a plan out."""
