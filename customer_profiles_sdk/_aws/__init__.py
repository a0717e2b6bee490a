"""The part of the SDK that talks to AWS: the only place that imports boto3 and botocore."""
