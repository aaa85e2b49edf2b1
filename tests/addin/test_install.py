"""Installing for one user, in made-up homes of Windows and macOS: what is written where, again, and away."""

from __future__ import annotations

from pathlib import Path

import pytest

from recon_xl import __version__
from recon_xl.addin import install as module
from recon_xl.addin.artefact import artefact
from recon_xl.addin.install import Program, applescript, install, uninstall
from recon_xl.addin.places import NoExcelError, Places, System, places
from recon_xl.addin.settings import AddinSettings, path_problem, read_settings, write_settings
from recon_xl.addin.versions import ADDIN, LIBRARY_32, LIBRARY_64, PROTOCOL, XLWINGS
from recon_xl.core.errors import ContractError, WorkbookError

SYSTEMS = ("win32", "darwin")


@pytest.fixture(params=SYSTEMS)
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    """A user's places on each system; the name has a space, an ampersand and letters of its own."""
    return user(request.param, tmp_path)


def user(platform: str, folder: Path) -> Places:
    home = folder / "J\u00fcrgen & S\u00f8n \u0141"
    variables = {"APPDATA": home / "AppData" / "Roaming", "LOCALAPPDATA": home / "AppData" / "Local", "HOME": home}
    return places(platform, {name: str(path) for name, path in variables.items()})


def program(folder: Path, xlwings: str = XLWINGS) -> Program:
    """A virtual environment as pip leaves it on Windows: the libraries at its top, Python one folder below."""
    top = folder / "venv & more"
    (top / "Scripts").mkdir(parents=True, exist_ok=True)
    for name in ("Scripts/python.exe", LIBRARY_64, LIBRARY_32):
        (top / name).touch()
    return Program(top / "Scripts" / "python.exe", top, xlwings)


def files_of(own: Places) -> set[Path]:
    """Everything below the home of the user."""
    home = next(parent for parent in own.settings.parents if parent.name.startswith("J\u00fcrgen"))
    return {path for path in home.rglob("*") if path.is_file()}


def test_places_are_the_users_own(tmp_path: Path) -> None:
    """Excel's start folders, and a folder that needs no administrator."""
    windows, mac = user("win32", tmp_path), user("darwin", tmp_path)
    home = tmp_path / "J\u00fcrgen & S\u00f8n \u0141"
    assert home / "AppData/Roaming/Microsoft/Excel/XLSTART/recon-xl.xlam" == windows.addin
    assert home / "AppData/Local/recon-xl/addin.txt" == windows.settings
    office = home / "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
    assert office / "recon-xl.xlam" == mac.addin
    assert home / "Library/Application Scripts/com.microsoft.Excel/recon-xl.applescript" == mac.applescript
    assert home / "Library/Application Support/recon-xl/addin.txt" == mac.settings
    assert home / "Library/Containers/com.microsoft.Excel/Data/recon-xl/message.txt" == mac.message


def test_install_writes_the_product_and_what_it_runs(own: Places, tmp_path: Path) -> None:
    """The committed add-in, byte for byte; the interpreter by its absolute path."""
    made = program(tmp_path)
    written = install(own, made)
    assert files_of(own) == set(written)
    assert artefact(ADDIN).read_bytes() == own.addin.read_bytes()
    settings = read_settings(own)
    assert settings is not None
    assert (str(made.interpreter), __version__, PROTOCOL) == (settings.interpreter, settings.program, settings.protocol)
    if own.system is System.WINDOWS:
        assert (str(made.prefix / LIBRARY_64), str(made.prefix / LIBRARY_32)) == (
            settings.library64,
            settings.library32,
        )
        assert f"interpreter={made.interpreter}\r\n" in own.settings.read_bytes().decode("utf-16-le")
    else:
        assert own.applescript is not None
        assert applescript() == own.applescript.read_bytes()
        assert f"interpreter={made.interpreter}\r\n" in own.settings.read_bytes().decode("utf-8")


def test_again_changes_nothing_and_an_old_message_goes(own: Places, tmp_path: Path) -> None:
    """Also over an older version."""
    install(own, program(tmp_path))
    before = {path: path.read_bytes() for path in files_of(own)}
    own.message.parent.mkdir(parents=True, exist_ok=True)
    own.message.write_text("old", encoding="utf-16-le")
    own.addin.write_bytes(b"an older add-in")
    install(own, program(tmp_path))
    assert before == {path: path.read_bytes() for path in files_of(own)}


def test_uninstall_leaves_nothing_of_ours_and_everything_else(own: Places, tmp_path: Path) -> None:
    """Other add-ins in Excel's start folder stay."""
    install(own, program(tmp_path))
    other = own.startup / "PERSONAL.XLSB"
    other.write_bytes(b"theirs")
    removed = uninstall(own)
    assert {other} == files_of(own)
    assert own.addin in removed
    assert not own.settings.parent.exists()
    assert [] == uninstall(own)


def test_an_add_in_that_excel_holds_is_refused_in_words(
    own: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows refuses to replace a file that is open."""

    def refuse(path: Path, content: bytes) -> None:
        raise PermissionError(13, "in use", str(path))

    monkeypatch.setattr(module, "write_whole", refuse)
    with pytest.raises(WorkbookError, match="Close Excel") as refused:
        install(own, program(tmp_path))
    assert str(own.addin) == refused.value.where


def test_a_folder_that_windows_holds_is_refused_in_words(
    own: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The current folder of a program that runs cannot be removed."""

    def refuse(folder: Path) -> None:
        raise PermissionError(13, "in use", str(folder))

    install(own, program(tmp_path))
    monkeypatch.setattr(Path, "rmdir", refuse)
    with pytest.raises(WorkbookError, match="Close Excel") as refused:
        uninstall(own)
    assert str(own.settings.parent) == refused.value.where


@pytest.mark.parametrize("found", ["", "0.36.0"])
def test_the_wrong_xlwings_is_refused(own: Places, tmp_path: Path, found: str) -> None:
    """The library's name holds the version; nothing is written."""
    with pytest.raises(ContractError, match=r"-m pip install xlwings==") as refused:
        install(own, program(tmp_path, found))
    assert "xlwings" in refused.value.found
    assert set() == files_of(own) if own.settings.parents[2].exists() else True


@pytest.mark.parametrize(
    ("path", "why"),
    [
        (r"C:\Users\a\AppData\Local\Microsoft\WindowsApps\python.exe", "Microsoft Store"),
        ('C:\\a"b\\python.exe', "quotation mark"),
        (r"C:\$(CLSID)\python.exe", "quotation mark"),
        ("https://company.sharepoint.com/python.exe", "web"),
        ("C:\\" + "x" * 1000, "longer"),
        (r"C:\Program Files & Co\J\u00fcrgen (new)\python.exe", ""),
        ("/Users/a b/venv & more/bin/python", ""),
    ],
)
def test_paths_the_add_in_cannot_start(path: str, why: str) -> None:
    """Spaces, ampersands and letters of one's own are no problem: no shell reads them."""
    assert why in path_problem(path)
    assert bool(why) == bool(path_problem(path))


def test_a_store_python_is_refused(own: Places, tmp_path: Path) -> None:
    """With what to do."""
    store = tmp_path / "WindowsApps" / "python.exe"
    with pytest.raises(ContractError, match=r"python\.org"):
        install(own, Program(store, tmp_path, XLWINGS))


def test_settings_survive_the_round_trip_and_damage_is_no_settings(own: Places) -> None:
    """Half a file is not there; neither is one without an interpreter."""
    assert read_settings(own) is None
    written = AddinSettings("/opt/J\u00fcrgen \u0141/python", library64="C:\\x=y.dll")
    write_settings(own, written)
    assert written == read_settings(own)
    own.settings.write_bytes(b"\xff\xfe\x00")
    assert read_settings(own) is None
    own.settings.write_bytes("program=0.1.0\r\n".encode(own.encoding))
    assert read_settings(own) is None


def test_other_systems_have_no_desktop_excel() -> None:
    """And a profile without folders is named."""
    with pytest.raises(NoExcelError, match="recon-xl run does what the ribbon does"):
        places("linux", {"HOME": "/home/a"})
    with pytest.raises(NoExcelError, match="LOCALAPPDATA is not set"):
        places("win32", {})
