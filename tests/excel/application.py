"""Excel itself, without its workbooks: switches, message boxes, file dialogs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from excel.workbook_model import Book

AUTOMATIC, MANUAL, SEMIAUTOMATIC = "automatic", "manual", "semiautomatic"


@dataclass(slots=True)
class App:
    """Excel itself: its switches, what it showed the user, and what the user will answer."""

    books: list[Book] = field(default_factory=list)
    active: Book | None = None
    screen_updating: bool = True
    display_alerts: bool = True
    enable_events: bool = True
    interactive: bool = True
    visible: bool = True
    status_bar: str | bool = False
    calculation: str = AUTOMATIC
    cut_copy: bool = False
    alerts: list[dict[str, Any]] = field(default_factory=list)
    """Every message box, in order."""
    answers: list[str] = field(default_factory=list)
    """What the user clicks in the next message boxes; `ok` once they are used up."""
    files_chosen: list[Any] = field(default_factory=list)
    """What the user picks in the next file dialogs; cancelled once they are used up."""
    foreground: int = 0
    """How often the window was brought to the front."""

    @property
    def automatic(self) -> bool:
        """Whether formulas follow their inputs at once."""
        return self.calculation != MANUAL

    def calculate(self) -> None:
        """Work out every formula that the model can."""
        for book in self.books:
            book.calculate()

    def calculate_by(self, mode: str) -> None:
        """Switch the calculation mode; formulas keep what they show at that moment."""
        if self.automatic:
            self.calculate()
        self.calculation = mode

    def ask(self, **box: Any) -> str:
        """Show a message box."""
        self.alerts.append(box)
        return self.answers.pop(0) if self.answers else "ok"
