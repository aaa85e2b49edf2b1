"""What a mapping tab says about a name or id: the cell under one header, in the row found under another.

Names are found as a run finds them, the strongest reading first: the exact name (on Customers also the Code) but for case and
spaces; then, on Customers and Products, a declared alias; then the name without case, punctuation and, for customers,
legal form: `ALDER DENTAL, Limited` is `Alder Dental Ltd`. Ids (headers ending in Id or Ids) are only found exactly. A cell
with several ids or aliases separated by `;` is found by each. Nothing is ever found by resemblance.

Type `=RECON_MAP(A2,Customers[#All],"Customer","Currency")`. The result is the cell as it stands, empty text for an empty one.
Errors: #N/A where no row fits; #NUM! where rows with different results fit equally well, which a run would not map either;
#REF! where a header is not in the table; an error in the cell found is handed on.
Source: the user guide, Map customers and products.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

from recon_xl.core.identity import exact_key, normalise_label, normalise_name
from recon_xl.functions.errors import NA, NUM, CellFault
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction
from recon_xl.functions.tables import Table, folded, shown
from recon_xl.intake.texts import split_list

Read = Callable[[str], str]
Index = dict[str, list[int]]
CUSTOMER, PRODUCT, CODE, ALIASES = "customer", "billing product", "Code", "Aliases"


class Mapping:
    """A mapping table, its rows found by any of its columns; each column is indexed when it is first asked for."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._indexes: dict[str, list[tuple[Read, Index]]] = {}
        self._cells: dict[str, list[object]] = {}

    def result(self, name: str, key_column: str, result_column: str) -> object:
        """The cell of the row that the strongest reading finds."""
        key, wanted = folded(key_column), folded(result_column)
        if key not in self._indexes:
            self._indexes[key] = list(self._readings(key))
        if wanted not in self._cells:
            self._cells[wanted] = self._table.column(wanted)
        rows = next((found for read, index in self._indexes[key] if (found := index.get(read(name)))), None)
        if rows is None:
            raise CellFault(NA)
        results = [shown(self._cells[wanted][row]) for row in rows]
        if len({folded(str(result)) for result in results}) > 1:
            raise CellFault(NUM)
        return results[0]

    def _readings(self, key: str) -> Iterator[tuple[Read, Index]]:
        """Ways to read a name, strongest first, each with the rows that it finds."""
        index = partial(self._index, key)
        if key == CUSTOMER:
            yield exact_key, index(exact_key, also=CODE)
            yield normalise_name, self._index(None, normalise_name, also=ALIASES)
            yield normalise_name, index(normalise_name)
        elif key == PRODUCT:
            yield exact_key, index(exact_key, also=ALIASES)
            yield normalise_label, index(normalise_label, also=ALIASES)
        else:
            yield exact_key, index(exact_key)
            if not key.endswith((" id", " ids")):
                yield normalise_label, index(normalise_label)

    def _index(self, key: str | None, read: Read, also: str = "") -> Index:
        columns = [key] if key else []
        columns += [also] if also and self._table.has(also) else []
        found: dict[str, list[int]] = defaultdict(list)
        for column in columns:
            for row, text in enumerate(self._table.texts(column)):
                for value in {read(part) for part in (text, *split_list(text))} - {""}:
                    found[value].append(row)
        return dict(found)


def mapped(lookup_value: str, key_column: str, result_column: str, mapping: Mapping) -> object:
    """The result for one name."""
    return mapping.result(lookup_value, key_column, result_column)


FUNCTION = WorksheetFunction(
    name="MAP",
    help="What a mapping tab says about a name or id, found as a run finds it.",
    arguments=(
        Argument("lookup_value", "Name or id as the source prints it.", takes=Takes.TEXT),
        Argument("table", "The mapping table with its header row, such as Customers[#All].", is_table=True),
        Argument("key_column", "Header of the column to look in, such as Customer.", takes=Takes.TEXT),
        Argument("result_column", "Header of the column to answer with, such as Currency.", takes=Takes.TEXT),
    ),
    calculate=mapped,
    examples=(
        Example(
            '=RECON_MAP("ALDER DENTAL, Limited",{"Customer","Currency";"Alder Dental Ltd","USD";"Birch Law","EUR"},'
            '"Customer","Currency")',
            '"USD"',
        ),
        Example(
            '=RECON_MAP("Birch Law",{"Customer","Currency";"Alder Dental Ltd","USD";"Birch Law","EUR"},'
            '"Customer","Currency")',
            '"EUR"',
            '=INDEX({"USD";"EUR"},MATCH("Birch Law",{"Alder Dental Ltd";"Birch Law"},0))',
        ),
        Example(
            '=RECON_MAP("t-2",{"Customer","Vendor Customer Ids";"Alder Dental Ltd","t-1; t-2"},'
            '"Vendor Customer Ids","Customer")',
            '"Alder Dental Ltd"',
        ),
        Example(
            '=RECON_MAP({"Backup";"Mail"},{"Billing Product","Aliases","Item Code";"Cloud Backup","Backup","I-7"},'
            '"Billing Product","Item Code")',
            '{"I-7";#N/A}',
        ),
        Example('=RECON_MAP("Alder",{"Customer","Code";"Alder Ltd","A1";"Alder Inc","A2"},"Customer","Code")', "#NUM!"),
        Example('=RECON_MAP("Alder",{"Customer","Code";"Alder Ltd","A1"},"Customer","Currency")', "#REF!"),
    ),
    doc=__doc__ or "",
    prepare=Mapping,
)
