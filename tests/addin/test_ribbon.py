"""The ribbon: from the registry, in the order of the month's work, true to Microsoft's schema."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from workbook.office import sdk_errors

from recon_xl.addin.ribbon import Schema, callback, ribbon_xml
from recon_xl.addin.vba import controls_module, fixed_modules
from recon_xl.commands.model import Command
from recon_xl.commands.registry import commands as registered

from .registries import COMMANDS

ICONS = frozenset(
    re.sub("(?m)^#.*$", "", (Path(__file__).parent / "office_icons.txt").read_text(encoding="utf-8")).split()
)


def tree(schema: Schema, commands: tuple[Command, ...] = COMMANDS) -> ElementTree.Element:
    return ElementTree.fromstring(ribbon_xml(commands, schema).encode())  # noqa: S314 - our own


@pytest.mark.parametrize("schema", Schema)
def test_groups_stand_in_the_order_of_the_work_and_empty_ones_are_left_out(schema: Schema) -> None:
    """Never a dead group."""
    groups = tree(schema).iter(f"{{{schema}}}group")
    assert ["Import", "Reconcile", "Close"] == [group.attrib["label"] for group in groups]


@pytest.mark.parametrize("schema", Schema)
def test_a_button_carries_its_declaration(schema: Schema) -> None:
    """Words, picture, size and the two callbacks, and no others."""
    button = next(tree(schema).iter(f"{{{schema}}}button"))
    assert {
        "id": "recon_bring_in",
        "label": "Bring in",
        "imageMso": "CalculateNow",
        "size": "large",
        "keytip": "I",
        "screentip": 'Costs & "markups" <today>',
        "supertip": "What it does \u2212 in the accountant\u2019s words.",
        "getEnabled": "ReconIsEnabled",
        "onAction": "recon_bring_in_pressed",
    } == button.attrib


@pytest.mark.parametrize("commands", [COMMANDS, registered()], ids=["made up", "registered"])
def test_every_button_has_a_sub_and_a_command_and_no_sub_is_an_orphan(commands: tuple[Command, ...]) -> None:
    """Both ways, for both ribbons."""
    stubs = set(re.findall(r"^Public Sub (recon_\w+)\(", controls_module(commands), re.MULTILINE))
    assert {callback(command) for command in commands} == stubs
    for schema in Schema:
        assert stubs == set(re.findall(r'onAction="(\w+)"', ribbon_xml(commands, schema)))


def test_the_ribbons_own_callbacks_exist() -> None:
    """onLoad, getEnabled and getVisible name Subs of the fixed modules."""
    wanted = set()
    for schema in Schema:
        text = ribbon_xml(COMMANDS, schema, is_hidden_by_addin=True) + ribbon_xml(COMMANDS, schema)
        wanted |= set(re.findall(r'(?:onLoad|getEnabled|getVisible)="(\w+)"', text))
    subs = set(re.findall(r"^Public Sub (\w+)\(", fixed_modules()["ReconRibbon"], re.MULTILINE))
    assert {"ReconBookRibbonLoaded", "ReconRibbonLoaded", "ReconIsEnabled", "ReconIsTabVisible"} == wanted
    assert wanted <= subs


def test_key_tips_of_the_registry_lead_to_one_button_each() -> None:
    """Excel acts as soon as a tip is complete, so none may begin another."""
    tips = [command.key_tip for command in registered()]
    clashes = [(one, other) for one in tips for other in tips if one is not other and other.startswith(one)]
    assert [] == clashes
    assert [] == [tip for tip in tips if not re.fullmatch("[A-Z0-9]{1,3}", tip)]


def test_pictures_of_the_registry_are_offices_own() -> None:
    """A name that Office does not know leaves a blank button; the list says how its names were checked."""
    assert [] == [command.icon for command in registered() if command.icon not in ICONS]


@pytest.mark.node
def test_microsofts_schema_accepts_both_ribbons(addin: Path) -> None:
    """The Open XML SDK holds the schema of both generations of ribbon XML."""
    assert [] == sdk_errors(addin)


@pytest.mark.node
@pytest.mark.parametrize(
    ("part", "right", "wrong"),
    [
        ("customUI/customUI14.xml", 'size="large"', 'size="huge"'),
        ("customUI/customUI14.xml", 'keytip="I"', 'keytip="IMPO"'),
        ("customUI/customUI.xml", "onAction", "onClick"),
    ],
)
def test_microsofts_schema_would_notice(addin: Path, tmp_path: Path, part: str, right: str, wrong: str) -> None:
    """The check is not an empty one."""
    spoiled = tmp_path / "spoiled.xlam"
    with zipfile.ZipFile(addin) as source, zipfile.ZipFile(spoiled, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert right.encode() in content
                content = content.replace(right.encode(), wrong.encode())
            target.writestr(name, content)
    assert sdk_errors(spoiled)
