"""From YAML files to the desired state: sources, the located tree, templates, models."""
