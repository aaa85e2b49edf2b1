"""Stand-ins for pywin32 and the Windows parts of ctypes, as far as xlwings' Windows classes ask for them."""

from __future__ import annotations

import ctypes
import datetime as dt
from types import ModuleType, SimpleNamespace
from typing import Any

from excel.wire import EXCEPTION

HWND, PROCESS = 65_538, 4_712
UNKNOWN_NAME, BAD_INDEX, DEFINED_ERROR = -2147352570, -2147352565, -2146827284
"""DISP_E_UNKNOWNNAME, DISP_E_BADINDEX, and VBA's error 1004."""
_BUTTONS = {"ok": 1, "cancel": 2, "yes": 6, "no": 7}
_BOXES = {0: "ok", 1: "ok_cancel", 3: "yes_no_cancel", 4: "yes_no"}


class ComError(Exception):
    """`pywintypes.com_error`."""

    def __init__(self, hresult: int, strerror: str, excepinfo: object = None, argerror: object = None) -> None:
        super().__init__(hresult, strerror, excepinfo, argerror)
        self.hresult, self.strerror, self.excepinfo, self.argerror = hresult, strerror, excepinfo, argerror


class TimeType(dt.datetime):
    """`pywintypes.TimeType`: a datetime with a zone."""


class Dispatched:
    """`win32com.client.DispatchBaseClass`: what COM hands out."""


class Desk:
    """The running Excel that windows lead to."""

    def __init__(self) -> None:
        self.application: Any = None


DESK = Desk()


def com_error(number: int, text: str, scode: int | None = None) -> Exception:
    """The error of a failed call, with details where Excel gives them."""
    if number != EXCEPTION:
        words = "Call was rejected by callee." if scode is None and number == -2147418111 else f"OLE error {number:#x}"
        return ComError(number, words)
    details = (0, "Microsoft Excel", text, "xlmain11.chm", 0, DEFINED_ERROR if scode is None else scode)
    return ComError(EXCEPTION, "Exception occurred.", details)


def time_of(moment: dt.datetime) -> TimeType:
    """A date as COM delivers it: as if it were in UTC."""
    return TimeType(*moment.timetuple()[:6], moment.microsecond, tzinfo=dt.UTC)


def _message_box(_: int, text: str, title: str, style: int) -> int:
    mode = {0x40: "info", 0x30: "critical"}.get(style & 0xF0)
    answer = DESK.application.model.ask(prompt=text, title=title, buttons=_BOXES[style & 0xF], mode=mode)
    return _BUTTONS[answer]


def _module(name: str, **members: Any) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(members)
    return module


def modules() -> dict[str, ModuleType]:
    """Name -> stand-in."""
    client = _module(
        "win32com.client", CDispatch=type("CDispatch", (), {}), CoClassBaseClass=type("CoClassBaseClass", (), {}),
        DispatchBaseClass=Dispatched, Dispatch=lambda found: found, DispatchEx=lambda _: DESK.application,
    )  # fmt: skip
    utc = SimpleNamespace(utc=lambda: dt.UTC)
    boxes = {"MB_OK": 0, "MB_OKCANCEL": 1, "MB_YESNOCANCEL": 3, "MB_YESNO": 4}
    return {
        "pywintypes": _module("pywintypes", com_error=ComError, error=OSError, TimeType=TimeType, IID=str),
        "pythoncom": _module(
            "pythoncom", CoInitialize=lambda: None, ole_error=ComError, com_error=ComError, __file__=""
        ),
        "win32api": _module("win32api", MessageBox=_message_box),
        "win32con": _module("win32con", **boxes, MB_ICONINFORMATION=0x40, MB_ICONWARNING=0x30),
        "win32com": _module("win32com", client=client),
        "win32com.client": client,
        "win32gui": _module("win32gui", FindWindowEx=lambda *_: HWND if DESK.application else 0),
        "win32process": _module("win32process", GetWindowThreadProcessId=lambda _: (1, PROCESS)),
        "win32timezone": _module("win32timezone", TimeZoneInfo=utc),
    }


def windows_parts() -> dict[str, Any]:
    """What ctypes has on Windows only: name -> stand-in."""

    def bring_forward(*_: object) -> None:
        DESK.application.model.foreground += 1

    user32 = SimpleNamespace(
        GetTopWindow=lambda _: HWND if DESK.application else 0, GetWindow=lambda *_: 0,
        GetForegroundWindow=lambda: HWND, SetForegroundWindow=bring_forward, SetWindowPos=bring_forward,
    )  # fmt: skip
    nothing = lambda *_: 0  # noqa: E731
    ole = SimpleNamespace(
        ole32=SimpleNamespace(CLSIDFromString=nothing), oleacc=SimpleNamespace(AccessibleObjectFromWindow=nothing)
    )
    return {"windll": SimpleNamespace(user32=user32), "oledll": ole, "PyDLL": _library}


def _library(_: str) -> SimpleNamespace:
    """The library of pythoncom: a window leads to the running Excel."""

    def found(*_: object) -> Any:
        return DESK.application

    return SimpleNamespace(PyCom_PyObjectFromIUnknown=found)


def missing_in_ctypes(name: str) -> bool:
    """Whether this system's ctypes lacks a part."""
    return not hasattr(ctypes, name)
