"""The search for paths between interfaces, written down as plainly as possible: every path a list of steps, every simple path
behind a shallow connection tried."""

from collections import deque

from edges_tools import COMPOSITION, INTERFACE, TRAIT, TYPE
from pyrus.graph import Edge, GraphView

INTERFACE_TRAIT = "is_interface.node.core.faebryk"


# No world of the tests that comes to an end makes this many paths to work on.
MANY = 1000


class Endless(Exception):
    """The search would go on for ever."""


class Line:
    """An edge of the model."""

    def __init__(self, place, kind, source, target, directional=True, name=None, shallow=None):
        self.place, self.kind, self.source, self.target = place, kind, source, target
        self.directional, self.name, self.shallow = directional, name, shallow


class Model:
    """Nodes are numbers. What is put into the model can be built as a real graph."""

    def __init__(self, nodes):
        self.count = nodes
        self.lines = []
        self.lists = {}

    def put(self, kind, source, target, **options):
        """Append an edge to the list at its source, then at its target."""
        line = Line(len(self.lines), kind, source, target, **options)
        self.lines.append(line)
        for node in (source, target):
            self.lists.setdefault((node, kind), []).append(line)

    def build(self):
        """The view, its nodes, and its edges."""
        g = GraphView.create()
        nodes = [g.create_and_insert_node() for _ in range(self.count)]
        edges = []
        for line in self.lines:
            attributes = {} if line.shallow is None else {"shallow": line.shallow}
            edge = Edge.create(
                source=nodes[line.source].node(),
                target=nodes[line.target].node(),
                edge_type=line.kind,
                directional=line.directional,
                name=line.name,
                **attributes,
            )
            g.insert_edge(edge=edge)
            edges.append(edge)
        return g, nodes, edges

    def out(self, node, kind):
        return [x for x in self.lists.get((node, kind), []) if not x.directional or x.source == node]

    def into(self, node, kind):
        found = (x for x in self.lists.get((node, kind), []) if not x.directional or x.target == node)
        return next(found, None)

    def type_of(self, node):
        edge = self.into(node, TYPE)
        return None if edge is None else edge.source

    def child(self, node, name):
        return next((x.target for x in self.out(node, COMPOSITION) if x.name == name), None)

    def is_interface(self, node):
        if (type_node := self.type_of(node)) is None or (owner := self.into(type_node, COMPOSITION)) is None:
            return False
        if (trait := self.child(owner.source, INTERFACE_TRAIT)) is None:
            return False
        types = (self.into(x.target, TYPE) for x in self.out(node, TRAIT))
        return any(edge is not None and edge.directional and edge.source == trait for edge in types)


class Path:
    """A walk, and the nodes climbed from and not come down to again."""

    def __init__(self, start, steps=(), climbs=()):
        self.start, self.steps, self.climbs = start, steps, climbs

    @property
    def end(self):
        return self.steps[-1][1] if self.steps else self.start

    def step(self, line):
        forward = line.source == self.end
        return Path(self.start, (*self.steps, (line, line.target if forward else line.source)), self.climbs)

    def touches(self, node):
        return any(node in (line.source, line.target) for line, _ in self.steps)

    def is_shallow(self):
        return any(line.kind == INTERFACE and line.shallow for line, _ in self.steps)

    def edges(self):
        return [line.place for line, _ in self.steps]


class Table:
    """Groups of paths by key, at most one path for each end, in order."""

    def __init__(self):
        self.groups = []

    def group(self, key):
        return next((paths for known, paths in self.groups if known == key), None)

    def has(self, key, end):
        return any(path.end == end for path in self.group(key) or [])

    def put(self, key, path):
        paths = self.group(key)
        if paths is None:
            self.groups.append((key, [path]))
            return
        for place, known in enumerate(paths):
            if known.end == path.end:
                if len(path.steps) < len(known.steps):
                    paths[place] = path
                return
        paths.append(path)


def across(model, prefix, key):
    """What is found over connections from the end of a path."""
    start, accepted, queue, here = prefix.end, set(), deque([Path(prefix.end)]), Table()
    while queue:
        suffix = queue.popleft()
        if suffix.end in accepted:
            continue
        if not suffix.is_shallow():
            accepted.add(suffix.end)
        joined = Path(prefix.start, prefix.steps + suffix.steps, prefix.climbs)
        if model.is_interface(suffix.end) and not (len(key) > 1 and joined.is_shallow()):
            here.put(start, joined)
        for line in model.lists.get((suffix.end, INTERFACE), []):
            other = line.target if line.source == suffix.end else line.source
            if not suffix.touches(other) and other not in accepted:
                queue.append(suffix.step(line))
    return here.group(start) or []


def search(model, source):
    """The paths found, in order of discovery."""
    first = ((model.type_of(source), None),)
    opened, seen = Table(), Table()
    for table in (opened, seen):
        table.put(first, Path(source))

    def put(key, path):
        seen.put(key, path)
        opened.put(key, path)

    def process(key, prefix):
        here = across(model, prefix, key)
        for path in here:
            seen.put(key, path)
        if (name := key[-1][1]) is not None:
            for path in here:
                child = model.child(path.end, name)
                if child is None or seen.has(key[:-1], child) or opened.has(key[:-1], child):
                    continue
                down = path.step(model.into(child, COMPOSITION))
                down.climbs = path.climbs[:-1]
                put(key[:-1], down)
        for path in here:
            if (line := model.into(path.end, COMPOSITION)) is None:
                continue
            above = (*key, (model.type_of(line.source), line.name or ""))
            if seen.has(above, line.source) or opened.has(above, line.source):
                continue
            if path.end in path.climbs:
                raise Endless
            up = path.step(line)
            up.climbs = (*path.climbs, path.end)
            put(above, up)

    worked = 0
    while opened.groups:
        key, paths = opened.groups.pop()
        while paths:
            worked += 1
            if worked > MANY:
                raise Endless
            process(key, paths.pop())
    return seen.group(first)
