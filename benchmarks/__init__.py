"""What the SDK costs and what it saves, measured: ``python -m benchmarks`` compares calls.

``customers`` is the data, ``fixed_reply`` the server, ``ways`` the clients that are compared. ``calls``, ``stages``,
``starts`` and ``growth`` are what is measured; ``sampling`` takes the samples and computes ratios; ``budgets`` says
what the SDK may cost. ``faults`` counts duplicates under faults of the service, ``proxies`` under faults of proxies and
gateways, on the servers of ``network``. ``local_service`` measures the embedded service. Each command writes its result
with ``--json``, and ``environment`` adds what it was measured on; ``report`` writes the results that ``docs/measured``
keeps into the pages.
"""
