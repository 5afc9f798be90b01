"""Executes one notebook and writes it, with outputs, as .ipynb and as one HTML page.

Usage: execute_notebook.py JOB, where JOB is JSON: notebook, cwd, ipynb, html, cellTimeoutSeconds, style.
Events are lines of standard output that start with "@safelab "; a kernel's own output may stand between them.
"""

import asyncio
import copy
import html
import json
import os
import re
import signal
import sys
import tempfile

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter
from pygments.formatters import HtmlFormatter

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def tell(**event):
    print("@safelab " + json.dumps(event), flush=True)


def fail(kind, text, cell=None):
    tell(event="failed", kind=kind, text=text, cell=cell)
    sys.exit(1)


def stderr_of(cell):
    return "".join(
        output.text for output in cell.get("outputs", []) if output.output_type == "stream" and output.name == "stderr"
    ).strip()


def error_of(cell):
    """What a cell's error output shows, without colours; plain tslab writes none and says it on standard error."""
    errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(line for error in errors for line in error.traceback)).strip()


def kernel_of(notebook):
    """The kernel that the notebook names, where it is one of the two that are registered."""
    name = notebook.metadata.get("kernelspec", {}).get("name")
    return name if name in ("safelab", "tslab") else "safelab"


def write_whole(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=os.path.dirname(path), prefix="." + os.path.basename(path))
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(aside, 0o644)
    os.replace(aside, path)


def with_pictures_inside(notebook):
    """A copy whose SVG pictures are part of the page: their text can be selected, their description is read aloud."""
    inside = copy.deepcopy(notebook)
    for cell in inside.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/svg+xml" in data and "text/html" not in data:
                output.data = {"text/html": f'<div class="picture">{data["image/svg+xml"]}</div>'}
    return inside


def page_of(notebook, style):
    exporter = HTMLExporter(template_name="basic", exclude_anchor_links=True)
    body, _ = exporter.from_notebook_node(with_pictures_inside(notebook))
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
    title = html.unescape(re.sub(r"<[^>]+>", "", heading.group(1))).strip() if heading else "Notebook"
    light = HtmlFormatter(style="default").get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".highlight")
    styles = "\n".join([light, "@media(prefers-color-scheme:dark){", dark, "}", style])
    return PAGE.format(title=html.escape(title), style=styles, body=body)


def main():
    job = json.loads(sys.argv[1])
    notebook = nbformat.read(job["notebook"], as_version=4)
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    state = {"current": None, "done": 0}

    def stopped():
        # The kernel leads a process group of its own, with all that its cells started.
        if client.km is not None and client.km.provisioner is not None and client.km.provisioner.pid is not None:
            os.killpg(client.km.provisioner.pid, signal.SIGKILL)
        os._exit(130)

    def started(cell, cell_index):
        # Set anew for each cell: nbclient sets a handler that waits for the kernel longer than we are given.
        if os.name == "posix":
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped)
        state["current"] = cell

    def executed(cell, cell_index, execute_reply):
        state["done"] += 1
        if state["done"] == len(code_cells):
            client.shutdown_kernel = "graceful"
        tell(event="cell", done=state["done"], total=len(code_cells))

    client = NotebookClient(
        notebook,
        kernel_name=kernel_of(notebook),
        timeout=job["cellTimeoutSeconds"],
        startup_timeout=60,
        record_timing=False,
        # A kernel whose cell failed or was stopped has nothing left to do; only at the end it may tidy up.
        shutdown_kernel="immediate",
        resources={"metadata": {"path": job["cwd"]}},
        on_cell_start=started,
        on_cell_executed=executed,
    )

    def current():
        return next((n for n, cell in enumerate(code_cells, 1) if cell is state["current"]), None)

    tell(event="cell", done=0, total=len(code_cells))
    try:
        client.execute()
    except CellTimeoutError:
        fail("timeout", "", current())
    except DeadKernelError:
        fail("dead", "", current())
    except CellExecutionError as error:
        fail("cell", error_of(state["current"]) or stderr_of(state["current"]) or str(error), current())
    except (RuntimeError, TimeoutError, asyncio.TimeoutError) as error:
        fail("start", str(error))
    for number, cell in enumerate(code_cells, 1):
        words = stderr_of(cell)
        if "UnhandledPromiseRejection:" in words or "UncaughtException:" in words:
            fail("cell", words, number)

    try:
        write_whole(job["ipynb"], nbformat.writes(notebook) + "\n")
        write_whole(job["html"], page_of(notebook, job["style"]))
    except OSError as error:
        fail("write", str(error))
    tell(event="written")


main()
