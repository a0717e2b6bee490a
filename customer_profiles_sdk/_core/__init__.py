"""The part of the SDK that only computes: it opens no connection, reads no clock and never imports boto3 or botocore.

A call is described here (``operations``, ``upsert``) and carried out by a driver in ``_aws``.
"""
