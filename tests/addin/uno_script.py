"""Run by the Python that has LibreOffice's `uno`, apart from the tests' own: reads steps as JSON, prints their answers.

Steps: ["open", path], ["call", "Module.Name", [arguments]], ["formula", cell, formula], ["value", cell], ["error", cell],
["type", cell, text], ["activate", number of an opened file],
["open_plain", path], ["call_of", number, "Module.Name", [arguments]].
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

LIBRARIES = ("ReconAddinCode", "ReconBookCode", "VBAProject")


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connect(office, pipe):
    resolver = uno.getComponentContext().ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", uno.getComponentContext()
    )
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if office.poll() is not None:
                sys.exit("LibreOffice ended early")
            time.sleep(0.2)
    sys.exit("LibreOffice did not answer")


class Session:
    """The documents of one LibreOffice; steps go to the one opened last."""

    def __init__(self, desktop):
        self.desktop, self.documents = desktop, []
        self.document = None

    def open(self, path):
        """Open a file; the names of its modules."""
        self.document = self.desktop.loadComponentFromURL(
            Path(path).as_uri(),
            "_blank",
            0,
            (prop("Hidden", False), prop("MacroExecutionMode", 4), prop("FilterName", "Calc MS Excel 2007 VBA XML")),
        )
        self.documents.append(self.document)
        return sorted(self.document.BasicLibraries.getByName(self.library()).getElementNames())

    def library(self):
        """The name of the project of the file in hand."""
        return next(name for name in LIBRARIES if self.document.BasicLibraries.hasByName(name))

    def open_plain(self, path):
        """Open a workbook without macros."""
        self.document = self.desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, ())
        self.documents.append(self.document)

    def call_of(self, number, name, arguments):
        """Run a Function of an opened file while the present one stays in front."""
        front, self.document = self.document, self.documents[number]
        try:
            return self.call(name, arguments)
        finally:
            self.document = front

    def activate(self, number):
        """Bring an opened file to the front."""
        self.document = self.documents[number]
        self.document.CurrentController.Frame.activate()

    def call(self, name, arguments):
        """Run a Function or Sub of the file."""
        url = f"vnd.sun.star.script:{self.library()}.{name}?language=Basic&location=document"
        script = self.document.getScriptProvider().getScript(url)
        return script.invoke(tuple(arguments), (), ())[0]

    def cell(self, address):
        """A cell of the first sheet."""
        return self.document.Sheets.getByIndex(0).getCellRangeByName(address)

    def formula(self, address, formula):
        """Write a formula."""
        self.cell(address).setFormula(formula)

    def type(self, address, text):
        """Write a text."""
        self.cell(address).setString(text)

    def value(self, address):
        """What a cell shows."""
        cell = self.cell(address)
        return cell.getString() if cell.FormulaResultType2 == 2 else cell.getValue()

    def error(self, address):
        """The error number of a cell, 0 for none."""
        return self.cell(address).getError()


def main():
    folder, steps = Path(sys.argv[1]), json.load(sys.stdin)
    pipe = f"recon{os.getpid()}"
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    answers = []
    try:
        context = connect(office, pipe)
        session = Session(context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context))
        for name, *arguments in steps:
            try:
                answers.append(getattr(session, name)(*arguments))
            except Exception as error:
                answers.append({"failed": f"{type(error).__name__}: {error}"})
        with contextlib.suppress(Exception):
            session.desktop.terminate()
    finally:
        office.kill()
        office.wait()
    json.dump(answers, sys.stdout, default=str)


main()
