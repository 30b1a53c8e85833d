"""The resources of the API: their models, normal forms, and the calls that read and change them."""
