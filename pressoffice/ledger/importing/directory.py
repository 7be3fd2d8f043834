"""Countries and organisations that a file names, found among those of the directory."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from pressoffice.directory.models import Country, Organisation
from pressoffice.publishing.languages import CODES

from .record import Problems, Texts, Where, Who
from .rows import checked, insert

NOBODY: tuple[None, None] = (None, None)


class Directory:
    """Two queries, and one for each 500 organisations that are made."""

    def __init__(self, problems: Problems) -> None:
        self.made: list[Organisation] = []
        self.left_out: list[str] = []
        self._problems = problems
        names = [f"name_{code}" for code in CODES]
        self._countries: set[str] = set()
        self._states: dict[str, str] = {}
        for code, *called in Country.objects.values_list("code", *names):
            self._countries.add(code)
            self._states.update(dict.fromkeys(filter(None, called), code))
        self._by_key: dict[tuple[str, str], Organisation] = {}
        self._by_name: dict[str, list[Organisation]] = defaultdict(list)
        for organisation in Organisation.objects.all():
            self._learn(organisation)

    def _learn(self, organisation: Any) -> None:
        self._by_key[organisation.name_en, organisation.country_id or ""] = organisation
        for name in {getattr(organisation, f"name_{code}") for code in CODES} - {""}:
            self._by_name[name].append(organisation)

    def has_country(self, code: str, where: Where) -> bool:
        if code in self._countries:
            return True
        self._problems.add(
            where.at(), _("There is no country “%(code)s”: write two capital letters.") % {"code": code[:20]}
        )
        return False

    def make_missing(self, named: Iterable[tuple[Where, Who]]) -> None:
        """Take up organisations that the file names in all languages."""
        new: list[tuple[Where, Organisation]] = []
        for where, who in named:
            if not isinstance(who.name, dict) or set(who.name) != set(CODES) or self._known(who):
                continue
            if who.home and not self.has_country(who.home, where):
                continue
            organisation = Organisation(country_id=who.home or None)
            values = {
                **_columns("name", who.name),
                **_columns("abbreviation", who.abbreviation),
                "url": who.url,
            }
            inside = Where(where.at("organisation"), where.of_column)
            if checked(organisation, values, inside, self._problems):
                new.append((where, organisation))
                self._learn(organisation)
        insert(new, self._problems)
        self.made += [organisation for _where, organisation in new]

    def find(self, who: Who, where: Where) -> tuple[str | None, int | None]:
        """The country's code or the organisation's key; neither for nobody, or where a problem was found."""
        if who.country:
            return (who.country, None) if self.has_country(who.country, where) else NOBODY
        if not who.name:
            return NOBODY
        if who.may_be_state and (state := self._state(who.name)):
            return state, None
        found = self._known(who)
        if len(found) == 1:
            return None, found[0].pk
        name = who.name if isinstance(who.name, str) else next(iter(who.name.values()))
        if found:
            sentence = _("Several organisations of the directory are called “%(name)s”.")
        else:
            sentence = _("The directory has no organisation “%(name)s”: add it there first.")
        if who.may_be_left_out:
            self.left_out.append(f"{where.at()}: {sentence % {'name': name[:100]}}")
        else:
            self._problems.add(where.at(), sentence % {"name": name[:100]})
        return NOBODY

    def _state(self, name: Texts | str) -> str | None:
        names = [name] if isinstance(name, str) else name.values()
        return next((self._states[each] for each in names if each in self._states), None)

    def _known(self, who: Who) -> list[Organisation]:
        if isinstance(who.name, str):
            return self._by_name.get(who.name, [])
        exact = self._by_key.get((who.name.get("en", ""), who.home))
        if exact is not None:
            return [exact]
        if who.home or not who.may_be_left_out:
            return []
        # Formats that do not say where an organisation is at home.
        found = {id(each): each for name in who.name.values() for each in self._by_name.get(name, [])}
        return list(found.values())


def _columns(name: str, texts: Texts) -> dict[str, str]:
    return {f"{name}_{code}": texts.get(code, "") for code in CODES}
