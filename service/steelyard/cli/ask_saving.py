"""Saving what an interview gathered: never over another file unless that was said."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from steelyard.cli.ask_conduct import Face
from steelyard.interview import yes_or_no
from steelyard.render.layout import harmless

_OFFER = "Save the requirements as (Enter: not at all): "
_OTHER = "Another name (Enter: not at all): "


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """Where the requirements are to be saved.

    Attributes:
        path: the file, if one was named.
        is_forced: whether a file that is there already may be overwritten without asking.
    """

    path: Path | None
    is_forced: bool

    def would_overwrite(self) -> bool:
        """Whether it must not be saved there without asking."""
        return self.path is not None and self.path.exists() and not self.is_forced

    def save(self, text: Callable[[Path], str], face: Face) -> bool:
        """Saves a text where it was named, or else where it is said now; whether nothing went wrong.

        Args:
            text: makes the text of a file at a path.
            face: where a name is asked for.
        """
        path = self.path or _named(face, _OFFER)
        while path is not None:
            wrong = self._write(path, text, face)
            if wrong is None:
                face.tell(face.sheet.fold(f"Saved: {harmless(str(path))}"))
                return True
            face.tell(face.sheet.fold(wrong))
            path = _named(face, _OTHER)
        return self.path is None

    def _write(self, path: Path, text: Callable[[Path], str], face: Face) -> str | None:
        """Writes the file; what is wrong if it is not written."""
        name = harmless(str(path))
        overwrites = (self.is_forced and path == self.path) or (path.exists() and _confirmed(face, name))
        try:
            written = text(path)
            with path.open("w" if overwrites else "x", encoding="utf-8") as file:
                file.write(written)
        except FileExistsError:
            return f"Not saved: {name} exists already."
        except (OSError, ValueError) as error:
            return f"Not saved: {name}: {harmless(getattr(error, 'strerror', None) or str(error))}."
        return None


def _named(face: Face, prompt: str) -> Path | None:
    """A file that is named now, if any is."""
    if face.has_ended:
        return None
    typed = (face.line(prompt) or "").strip()
    return Path(typed).expanduser() if typed else None


def _confirmed(face: Face, name: str) -> bool:
    if not face.is_attended:
        return False
    face.tell(face.sheet.fold(f"{name} exists already. Overwrite it?"))
    return face.choose(yes_or_no()) == ("yes",)
