"""What the SDK costs and what it saves, measured: ``python -m benchmarks`` compares calls.

``customers`` is the data, ``fixed_reply`` the server, ``ways`` the clients that are compared. ``calls``, ``stages``,
``starts`` and ``growth`` are what is measured; ``sampling`` takes the samples and tells ratios. ``faults`` counts
duplicates and ``local_service`` loads the embedded service.
"""
