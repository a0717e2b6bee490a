"""``customer-profiles load``: the load itself is ``bulk.load_file``; here are its progress, its end and its signals."""

from typing import Final

import attrs

from customer_profiles_sdk.bulk import LoadStoppedError, LoadSummary
from customer_profiles_sdk.bulk.load_file import FileLoad, LoadOptions, is_stream
from customer_profiles_sdk.bulk.sources import STANDARD_INPUT
from customer_profiles_sdk.cli import texts
from customer_profiles_sdk.cli.connecting import client_of
from customer_profiles_sdk.cli.failures import STOPPED
from customer_profiles_sdk.cli.interrupts import Finishing, Interrupted
from customer_profiles_sdk.cli.options import LoadArguments
from customer_profiles_sdk.cli.progress import Progress, standard_error
from customer_profiles_sdk.cli.reading import reading_options
from customer_profiles_sdk.client import CustomerProfilesClient

_NOT_ALL_ARE_IN: Final = 1
_CREDENTIALS_HINT: Final = "set credentials as for the AWS CLI, such as with --profile NAME, or try --local"


def run_load(arguments: LoadArguments) -> int:
    """Load a file and return the exit code."""
    options: LoadOptions = {
        **reading_options(arguments),
        "match_on": arguments.match_on,
        "requests_per_second": arguments.requests_per_second,
        "concurrency": arguments.concurrency,
        "settle_seconds": arguments.settle_seconds,
    }
    loading = _Loading(arguments, standard_error(is_wanted=not (arguments.no_progress or arguments.quiet)))
    try:
        with client_of(arguments) as client:
            return loading.run(client, options)
    finally:
        loading.progress.clear()


@attrs.define(eq=False, repr=False)
class _Loading:
    """One load."""

    arguments: LoadArguments
    progress: Progress
    finishing: Finishing = attrs.Factory(Finishing)

    def run(self, client: CustomerProfilesClient, options: LoadOptions) -> int:
        arguments = self.arguments
        load = FileLoad.with_options(
            client, arguments.file, options, max_rejects=arguments.max_rejects, on_progress=self._report
        )
        try:
            with self.finishing.handling(reads_standard_input=arguments.file == STANDARD_INPUT):
                summary = load.run(arguments.rejects, arguments.journal, fresh=arguments.fresh)
        except LoadStoppedError as error:
            self._finish(error.summary)
            self._explain(error)
            return STOPPED
        except Interrupted as interrupted:
            self._finish(load.summary())
            texts.note(f"interrupted; {self._how_to_go_on()}")
            return interrupted.exit_code
        self._finish(summary)
        return _NOT_ALL_ARE_IN if summary.rejected or summary.failed or summary.unknown else 0

    def _report(self, summary: LoadSummary) -> None:
        self.progress.show(summary)
        self.finishing.check()

    def _finish(self, summary: LoadSummary) -> None:
        self.progress.clear()
        text = texts.load_json(summary) if self.arguments.output == "json" else texts.load_text(summary)
        texts.write(f"{text}\n")
        if summary.rejects_file and not self.arguments.quiet:
            texts.note(f"the rows that are not in: {summary.rejects_file}; correct them and load that file")

    def _explain(self, error: LoadStoppedError) -> None:
        texts.note(f"the load stopped: {error.reason}")
        if "Credential" in type(error.__cause__).__name__:
            texts.note(_CREDENTIALS_HINT)
        texts.note(self._how_to_go_on())

    def _how_to_go_on(self) -> str:
        if self.arguments.journal is None and is_stream(self.arguments.file):
            return "without --journal the same command begins anew; customers who are in are found, not created again"
        return "run the same command again to go on"
