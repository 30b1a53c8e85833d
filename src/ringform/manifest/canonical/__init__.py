"""The one layout of manifests that ``ringform fmt`` writes."""
