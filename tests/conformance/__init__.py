"""How the service behaves, as tests against plain boto3: of the embedded service, or of AWS by anyone with an account.

In the ordinary run the target is the embedded service, in process and over HTTP. On AWS::

    pytest tests/conformance --customer-profiles-domain NAME --customer-profiles-region REGION
"""
