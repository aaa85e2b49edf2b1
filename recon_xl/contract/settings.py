"""The settings: every tolerance, default and choice, with its unit and meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic.fields import FieldInfo

from recon_xl.core.agreement import KINDS
from recon_xl.core.errors import ContractError

LOCALES = ("en-US", "en-GB", "de-DE", "fr-FR", "iso")


class Settings(BaseModel):
    """The Settings tab, typed. A blank value means the default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    company: str = Field("My Company", title="Company", description="Your company, printed on drafts.")
    period: str = Field(
        "",
        title="Period",
        description="Month being closed.",
        pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$",
        examples=["YYYY-MM"],
    )
    base_currency: str = Field(
        "USD",
        title="Base Currency",
        pattern=r"^[A-Z]{3}$",
        examples=["ISO 4217"],
        description="Currency of customers without one, and of rankings across currencies.",
    )
    file_locale: Literal["en-US", "en-GB", "de-DE", "fr-FR", "iso"] = Field(
        "en-US",
        title="File Locale",
        examples=["en-US, en-GB, de-DE, fr-FR, iso"],
        description="How dates and decimals are written in imported files that do not declare it themselves.",
    )
    billed_tolerance: Decimal = Field(
        Decimal("0.02"),
        title="Billed Tolerance",
        ge=0,
        examples=["currency a key"],
        description="Difference of billed and expected that is rounding, for one client, product and period.",
    )
    vendor_tolerance: Decimal = Field(
        Decimal("0.01"),
        title="Vendor Tolerance",
        ge=0,
        examples=["currency a unit"],
        description="Difference of a vendor line from its own price x quantity that is rounding: at least this, and this x quantity.",
    )
    usage_tolerance: Decimal = Field(
        Decimal("0.01"),
        title="Usage Tolerance",
        ge=0,
        examples=["currency a daily row"],
        description="Difference of the monthly and the daily usage file that is rounding: this x daily rows + 0.02.",
    )
    sell_rounding: Literal["unit", "line"] = Field(
        "unit",
        title="Sell Rounding",
        examples=["unit or line"],
        description="unit: round the unit price, so that quantity x unit is the line. line: round the line.",
    )
    tax_rounding: Literal["line", "invoice"] = Field(
        "line",
        title="Tax Rounding",
        examples=["line or invoice"],
        description="Tax is rounded half up on each draft line, or once for each tax code of a draft.",
    )
    margin_floor: Decimal = Field(
        Decimal(8),
        title="Margin Floor",
        lt=100,
        examples=["percent of sell"],
        description="A margin below this is LOW on Margin.",
    )
    stale_after: int = Field(
        31, title="Stale After", ge=0, examples=["days"], description="A count older than this at period end is stale."
    )
    usage_factor: Decimal = Field(
        Decimal(2),
        title="Usage Factor",
        gt=1,
        examples=["times the baseline"],
        description="Usage above so many times its baseline is a spike; below the same part of it, a drop.",
    )
    usage_floor: Decimal = Field(
        Decimal(50),
        title="Usage Floor",
        ge=0,
        examples=["base currency"],
        description="Changes of usage up to this amount are no spike and no drop.",
    )
    usage_months: int = Field(
        3,
        title="Usage Months",
        ge=1,
        examples=["months"],
        description="The baseline is the mean of so many months of Usage History before the period.",
    )
    required_agreements: str = Field(
        "",
        title="Required Agreements",
        examples=["contract; MCA; GDAP; reseller relation"],
        description="Kinds of agreement that every billed client must have, separated by ; blank = none.",
    )
    draft_tabs: Literal["all", "selected", "none"] = Field(
        "all",
        title="Draft Tabs",
        examples=["all, selected or none"],
        description="Which customers get a draft tab; selected = Draft Tab is Yes on Customers.",
    )
    payment_terms: int = Field(
        30,
        title="Payment Terms",
        ge=0,
        examples=["days"],
        description="Days until a draft is due, unless Customers says so.",
    )
    invoice_date: date | None = Field(
        None, title="Invoice Date", examples=["date"], description="Date on drafts; blank = the last day of the period."
    )
    backups: int = Field(
        5,
        title="Backups",
        ge=0,
        le=999,
        examples=["count"],
        description="How many earlier versions of this workbook are kept in a folder beside it; 0 = none.",
    )

    @field_validator("period", mode="before")
    @classmethod
    def _month(cls, value: object) -> object:
        match = re.fullmatch(r"(\d{4})-(\d{2})-\d{2}.*", str(value))
        return f"{match[1]}-{match[2]}" if match else value

    @field_validator("required_agreements")
    @classmethod
    def _kinds(cls, value: str) -> str:
        """In the words of Agreements; ValueError for a kind that it does not have."""
        known = {kind.casefold(): kind for kind in KINDS}
        return "; ".join(dict.fromkeys(_known(part.strip(), known) for part in value.split(";") if part.strip()))

    @property
    def required_kinds(self) -> tuple[str, ...]:
        """Kinds of agreement that every billed client must have."""
        return tuple(self.required_agreements.split("; ")) if self.required_agreements else ()

    @property
    def period_start(self) -> date:
        """First day of the period."""
        year, month = self.period.split("-")
        return date(int(year), int(month), 1)

    @property
    def period_end(self) -> date:
        """Last day of the period."""
        following = (self.period_start + timedelta(days=31)).replace(day=1)
        return following - timedelta(days=1)

    @classmethod
    def from_values(cls, values: Mapping[str, str], where: str = "Settings") -> Settings:
        """Build from setting title -> text. ContractError names the setting that cannot be used."""
        by_title = {field.title: name for name, field in cls.model_fields.items()}
        chosen = {by_title[title]: text for title, text in values.items() if text != "" and title in by_title}
        try:
            return cls.model_validate(chosen)
        except ValidationError as problem:
            first = problem.errors()[0]
            name = str(first["loc"][0])
            field = cls.model_fields[name]
            raise ContractError(
                where=f"{where} > {field.title}",
                found=repr(first["input"]),
                expected=setting_unit(field) or first["msg"],
                todo=f"Correct the value of {field.title} on the Settings tab, or clear it for the default.",
            ) from None


def _known(kind: str, known: Mapping[str, str]) -> str:
    found = known.get(" ".join(kind.casefold().split()))
    if found is None:
        raise ValueError(f"no kind of agreement: {kind}")
    return found


def setting_unit(field: FieldInfo) -> str:
    """How the value of a setting is read."""
    return str(field.examples[0]) if field.examples else ""


def setting_fields() -> list[dict[str, str]]:
    """Every setting: name, default (as text), unit, meaning; in tab order."""
    return [
        {
            "setting": str(field.title),
            "default": "" if field.default is None else str(field.default),
            "unit": setting_unit(field) or "text",
            "meaning": str(field.description),
        }
        for field in Settings.model_fields.values()
    ]
