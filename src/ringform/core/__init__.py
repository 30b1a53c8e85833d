"""The pure core: addresses, diagnostics, snapshots, the comparison and the plan.

Nothing here touches the network, the disk, a clock or a terminal, and nothing here knows a vendor.
"""
