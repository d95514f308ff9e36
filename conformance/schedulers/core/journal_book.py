"""The journal of `journal`: a list that is only ever added to, and how it is read."""

from collections import namedtuple

Entry = namedtuple("Entry", "at what key value")
NONE = Entry(None, None, None, None)


class Book:
    # Writing and reading the journal.

    def note(self, what, key=None, value=None):
        self.book.append(Entry(self.now, what, key, value))

    def last(self, *whats, key=None):
        found = (entry for entry in reversed(self.book) if entry.what in whats and key in (None, entry.key))
        return next(found, NONE)

    def merged(self, what):
        return {name: value for entry in self.book if entry.what == what for name, value in entry.value.items()}

    def app(self, fact, default=None):
        value = self.merged("app").get(fact)
        return default if value is None else value

    def fold(self, comes, goes, clears):
        """What came and did not go since, by key, in the order of coming."""
        kept = {}
        for entry in self.book:
            if entry.what == comes:
                kept.pop(entry.key, None)
                kept[entry.key] = entry
            elif entry.what == goes:
                kept.pop(entry.key, None)
            elif entry.what == clears:
                kept.clear()
        return kept

    def outstanding(self):
        return {id: entry.value for id, entry in self.fold("asked", "spent", None).items()}

    def running(self):
        return self.fold("handed", "over", "died")

    def handlers(self):
        return self.fold("handler", None, "died")

    def coming(self):
        return self.fold("launched", "came", "died")

    def faces(self):
        return {name: entry.value for name, entry in self.fold("face", "no face", None).items()}

    def version(self, *least):
        return tuple(map(int, self.app("os").split("."))) >= least

    alive = property(lambda self: self.last("born", "died").what == "born")
    launching = property(lambda self: self.last("born", "ready", "died").what == "born")
    doomed = property(lambda self: self.last("born", "doomed", "died").what == "doomed")
    front = property(lambda self: self.last("front", "back", "died").what == "front")
