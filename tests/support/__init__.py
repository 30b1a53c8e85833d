"""What several tests share: sandboxes to talk to, random accounts and manifests, and an independent model of both."""
