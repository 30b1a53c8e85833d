"""Call flows as pictures: Mermaid, SVG, and a page of HTML."""
