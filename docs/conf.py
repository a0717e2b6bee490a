"""How the documentation is built: ``sphinx-build -W docs docs/_build``.

``wire_table`` reads what the pages say of fields, members and limits off the code.
"""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))

import wire_table

project = "customer-profiles-sdk"
author = "The customer-profiles-sdk maintainers"
project_copyright = f"2026, {author}"
version = release = version_of("customer-profiles-sdk")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"{project} {release}"
html_copy_source = False

myst_heading_anchors = 3

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 80
toc_object_entries_show_parents = "hide"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True


def describe_fields(
    _: Sphinx, what: str, name: str, __: object, ___: object, lines: list[str]
) -> None:
    """Add the API's member and the limits to each field of a model, and links to the API's reference."""
    if what == "attribute":
        lines.extend(wire_table.describe_field(name))
    for number, line in enumerate(lines):
        lines[number] = wire_table.with_links(line)


def insert_wire_table(_: Sphinx, __: str, source: list[str]) -> None:
    """Insert the wire table where a page has its marker."""
    source[0] = source[0].replace("<!-- wire table -->", wire_table.markdown())


def setup(app: Sphinx) -> None:
    """Connect both functions to Sphinx."""
    app.connect("autodoc-process-docstring", describe_fields)
    app.connect("source-read", insert_wire_table)
