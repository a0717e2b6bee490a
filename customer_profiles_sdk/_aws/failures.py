"""botocore's exceptions -> what they prove, in words; aiobotocore raises the same ones.

Whether an attempt was never sent is decided on evidence alone. The name of an exception is none: botocore says
``ProxyConnectionError`` of a tunnel that broke after the request, too, and aiobotocore ``EndpointConnectionError`` of
any connection that was reset.
"""

import socket
import ssl
from collections.abc import Iterator, Sequence
from traceback import walk_tb
from typing import Any, Final
from urllib.parse import urlsplit

from botocore.exceptions import (
    ConnectionError as BotocoreConnectionError,
)
from botocore.exceptions import (
    ConnectTimeoutError,
    HTTPClientError,
    InvalidProxiesConfigError,
    ProxyConnectionError,
    ReadTimeoutError,
)
from urllib3 import exceptions as urllib3_exceptions

CONNECTION_ERRORS: Final = (HTTPClientError, BotocoreConnectionError)

_WHILE_CONNECTING: Final = (
    urllib3_exceptions.NewConnectionError,
    urllib3_exceptions.ConnectTimeoutError,
    socket.gaierror,
    ssl.SSLCertVerificationError,
    urllib3_exceptions.LocationParseError,
    InvalidProxiesConfigError,
)
"""Exceptions that are only raised while a connection is made."""

_CONNECTING_MODULES: Final = (
    "http.client",
    "urllib3.connection",
    "urllib3.connectionpool",
    "botocore.awsrequest",
    "aiohttp.connector",
)
_CONNECTING_FUNCTIONS: Final = frozenset({"connect", "_prepare_proxy", "_new_conn"})

_PARSERS: Final = frozenset({"botocore.parsers", "aiobotocore.parsers"})
_ENDPOINTS: Final = frozenset({"botocore.endpoint", "aiobotocore.endpoint"})


def was_never_sent(error: BaseException, handled: BaseException | None = None) -> bool:
    """Tell whether it is certain that no byte of the request was sent: the connection was still being made.

    Args:
        error: botocore's exception.
        handled: the exception that the caller is handling, which Python makes the context of every other one.
    """
    return any(isinstance(each, _WHILE_CONNECTING) or _arose_in_connecting(each) for each in _causes(error, handled))


def is_parse_failure(error: BaseException) -> bool:
    """Tell whether botocore failed to read a response, of which it lets AttributeError, TypeError and more out."""
    return any(
        module in _PARSERS or (module in _ENDPOINTS and function == "_add_modeled_error_fields")
        for module, function in _frames(error)
    )


def reason_of(error: BaseException, handled: BaseException | None = None) -> str:
    """Return the host and the cause in words, without anything of the request or of the proxy's credentials.

    The arguments are those of ``was_never_sent``.
    """
    host = _host(error)
    cause = _cause_in_words(error, handled)
    return f"{host}: {cause}" if host else cause


def _arose_in_connecting(error: BaseException) -> bool:
    return any(
        function in _CONNECTING_FUNCTIONS and module in _CONNECTING_MODULES for module, function in _frames(error)
    )


def _frames(error: BaseException) -> Iterator[tuple[str, str]]:
    for frame, _ in walk_tb(error.__traceback__):
        yield str(frame.f_globals.get("__name__")), frame.f_code.co_name


def _causes(error: BaseException, handled: BaseException | None) -> Iterator[BaseException]:
    """Yield the exception, what it wraps, and what it was raised from within the call."""
    seen = {id(handled)}
    left = [error]
    while left:
        each = left.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        arguments: Any = getattr(each, "kwargs", None)
        wrapped = [arguments.get("error") if isinstance(arguments, dict) else None, *each.args]
        wrapped += [getattr(each, name, None) for name in ("reason", "original_error", "__cause__", "__context__")]
        left += [other for other in wrapped if isinstance(other, BaseException)]


def _host(error: BaseException) -> str:
    arguments: Any = getattr(error, "kwargs", {})
    address = urlsplit(str(arguments.get("endpoint_url") or arguments.get("proxy_url") or ""))
    if not address.hostname:
        return ""
    name = f"[{address.hostname}]" if ":" in address.hostname else address.hostname
    port = address.port or (443 if address.scheme == "https" else 80)
    return f"{'the proxy ' if isinstance(error, ProxyConnectionError) else ''}{name}:{port}"


def _cause_in_words(error: BaseException, handled: BaseException | None) -> str:
    causes = list(_causes(error, handled))
    for each in causes:
        # aiohttp's subclass has no message.
        if isinstance(each, ssl.SSLCertVerificationError) and hasattr(each, "verify_message"):
            return f"certificate not trusted ({each.verify_message})"
        if type(each).__name__ == "CertificateError":  # which urllib3 has moved from release to release
            return "certificate not trusted (it is for another host)"
    never_sent = was_never_sent(error, handled)
    for kinds, while_connecting, afterwards in _WORDS:
        if any(isinstance(each, kinds) for each in causes):
            return while_connecting if never_sent else afterwards
    return "no connection could be made" if never_sent else _CLOSED


_PROXY_SETTINGS: Final = "the address or the settings of the proxy are not valid"
_CLOSED: Final = "the connection was closed before the response was complete"
_WORDS: Final[Sequence[tuple[tuple[type[BaseException], ...], str, str]]] = (
    ((socket.gaierror,), "the host name does not resolve", "the host name does not resolve"),
    ((ConnectionRefusedError,), "connection refused", "connection refused"),
    ((urllib3_exceptions.LocationParseError, InvalidProxiesConfigError), _PROXY_SETTINGS, _PROXY_SETTINGS),
    ((ConnectTimeoutError,), "timed out while connecting", _CLOSED),
    ((ReadTimeoutError,), "timed out while connecting", "no response within the read timeout"),
    ((ssl.SSLError, urllib3_exceptions.SSLError), "the TLS handshake failed", "the TLS connection broke"),
    (
        (ProxyConnectionError,),
        "the proxy made no tunnel",
        "the proxy closed the tunnel before the response",
    ),
)
"""What a failure means, by the exceptions behind it: while a connection is made, and afterwards."""
