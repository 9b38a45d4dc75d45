"""Scenarios B: composition."""

from edges_tools import COMPOSITION, TRAIT, add, fails, loose, met, nodes, put, same, targets, ty, view
from pyrus.faebryk.composition import EdgeComposition as C
from pyrus.graph import BoundEdge, Edge, GraphView, Node

SURROGATE = "\ud800"


def child(bound, name):
    return C.get_child_by_identifier(bound_node=bound, child_identifier=name)


def query(bound, /, direct_only=False, **options):
    return C.get_children_query(bound_node=bound, direct_only=direct_only, **options)


def visit(bound):
    return targets(met(C.visit_children_edges, bound_node=bound))


def tree(parent, branches):
    """Children by name: a node, or a node with its children."""
    for name, branch in branches.items():
        node, below = branch if isinstance(branch, tuple) else (branch, {})
        add(parent, node, name)
        tree(node, below)


def zoo():
    """The tree of B14 to B16."""
    g, n = view(7)
    tree(n[0], {"z": (n[1], {"q": n[4], "b": n[5]}), "a": (n[2], {"k": n[6]}), "m": n[3]})
    return g, n


def test_b1_create():
    a, b = loose(2)
    edge = C.create(parent=a, child=b, child_identifier="arm")
    assert C.is_instance(edge=edge) and edge.directional() and edge.edge_type() == 130
    assert C.get_name(edge=edge) == edge.name() == "arm"
    assert C.get_parent_node(edge=edge) == edge.source() == a
    assert C.get_child_node(edge=edge) == b


def test_b2_identifiers_that_are_none():
    a, b = loose(2)
    for identifier in (None, 3, b"x", SURROGATE):
        fails(TypeError, None, C.create, parent=a, child=b, child_identifier=identifier)
    fails(TypeError, None, C.create, parent=a, child=b)


def test_b3_add_child():
    g, [n0, n1] = view(2)
    bound = add(n0, n1, "x")
    assert isinstance(bound, BoundEdge) and bound.edge().name() == "x" and bound.g() is g
    for identifier in (None, SURROGATE):
        text = "child_identifier must be a string"
        fails(TypeError, text, C.add_child, bound_node=n0, child=n1.node(), child_identifier=identifier)
    assert g.get_edge_count() == 1


def test_b4_ends_that_are_not_in_the_view():
    g, [inside] = view(1)
    outside = g.bind(node=Node.create())
    cases = [
        (inside, outside, "Child node not in graph"),
        (outside, inside, "Parent node not in graph"),
        (outside, outside, "Parent node not in graph"),
    ]
    for parent, kid, text in cases:
        fails(ValueError, text, C.add_child, bound_node=parent, child=kid.node(), child_identifier="x")
        fails(ValueError, text, C.add_anon_child, bound_node=parent, child=kid.node())
    assert g.get_edge_count() == 0


def test_b5_anonymous_child():
    _, [n0, n1] = view(2)
    edge = C.add_anon_child(bound_node=n0, child=n1.node()).edge()
    assert edge.name() == "" == C.get_name(edge=edge)
    assert child(n0, "") == n1


def test_b6_order_of_insertion():
    _, [n0, z, a, m] = view(4)
    tree(n0, {"z": z, "a": a, "m": m})
    assert visit(n0) == nodes(z, a, m)


def test_b7_the_first_of_a_name():
    _, [n0, n1, n2] = view(3)
    for node, name in ((n1, "a"), (n2, "a"), (n1, "b")):
        add(n0, node, name)
    assert [child(n0, name) for name in "abc"] == [n1, n1, None]
    assert child(n1, "a") is None


def test_b8_the_first_parent():
    _, [n0, n1, n2] = view(3)
    first = add(n0, n2, "p")
    add(n1, n2, "q")
    assert C.get_parent_edge(bound_node=n2) == first
    assert C.get_parent_node_of(bound_node=n2) == n0
    assert C.get_parent_edge(bound_node=n0) is None
    assert C.get_parent_node_of(bound_node=n0) is None


def test_b9_other_ends():
    a, b, c = loose(3)
    edge = C.create(parent=a, child=b, child_identifier="")
    assert [C.get_child_of(edge=edge, node=node) for node in (a, b, c)] == [b, None, b]
    assert [C.get_parent_of(edge=edge, node=node) for node in (a, b, c)] == [None, a, a]


def test_b10_another_type():
    a, b = loose(2)
    edge = Edge.create(source=a, target=b, edge_type=9)
    assert C.is_instance(edge=edge) is False
    fails(TypeError, "edge is not an EdgeComposition edge", C.get_name, edge=edge)
    assert C.get_child_node(edge=edge) == b


def test_b11_an_edge_without_name():
    _, [n0, n1] = view(2)
    edge = put(n0, n1, COMPOSITION, directional=True).edge()
    assert C.get_name(edge=edge) == "" and edge.name() is None
    assert child(n0, "") is None
    assert query(n0) == [n1]


def test_b12_its_own_child():
    _, [n0, n1] = view(2)
    add(n0, n0, "me")
    add(n0, n1, "kid")
    assert visit(n0) == nodes(n1)
    assert child(n0, "me") == n0
    assert C.get_parent_node_of(bound_node=n0) == n0
    assert query(n0) == [n1]


def test_b13_children_of_a_type():
    _, [p, t, u, v, c1, c2, c3, c4] = view(8)
    for type_node, node in ((t, c1), (u, c2), (t, c3)):
        ty(type_node, node)
    for node in (c1, c2, c3, c4):
        add(p, node, "c")
    found = [targets(met(C.visit_children_of_type, bound_node=p, child_type=x.node())) for x in (t, u)]
    assert found == [nodes(c1, c3), nodes(c2)]
    assert C.try_get_single_child_of_type(bound_node=p, child_type=t.node()) == c1
    assert C.try_get_single_child_of_type(bound_node=p, child_type=v.node()) is None


def test_b14_descendants():
    _, n = zoo()
    assert query(n[0], True) == [n[i] for i in (1, 2, 3)]
    assert query(n[0]) == [n[i] for i in (1, 4, 5, 2, 6, 3)]


def test_b15_sorted_descendants():
    _, n = zoo()
    assert query(n[0], True, sort=True) == [n[i] for i in (2, 3, 1)]
    assert query(n[0], sort=True) == [n[i] for i in (2, 6, 3, 1, 5, 4)]


def test_b16_root_and_types():
    g, n = zoo()
    t = g.create_and_insert_node()
    ty(t, n[4])
    ty(t, n[2])
    only = [t.node()]
    assert query(n[0], True, include_root=True) == n[:4]
    assert query(n[0], types=only, include_root=True) == [n[4], n[2]]
    assert query(n[0], True, types=only) == [n[2]]
    assert query(n[0], types=[]) == query(n[0], types=None) == query(n[0])


def test_b17_traits():
    g, [p, e, q, i, root, first, second, third] = view(8)
    ty(p, root)
    for type_node, node in ((e, first), (q, second), (e, third)):
        ty(type_node, node)
        add(root, node, "c")
    for owner in (first, second):
        instance = g.create_and_insert_node()
        ty(i, instance)
        put(owner, instance, TRAIT, directional=True)
    p, e, q, i = nodes(p, e, q, i)
    assert query(root, required_traits=[i]) == [first, second]
    assert query(root, types=[e], required_traits=[i]) == [first]
    assert query(root, types=[e, q]) == [first, second, third]
    assert query(root, required_traits=[i, e]) == []
    assert query(root, types=[e], include_root=True) == [first, third]


def test_b18_one_node_in_two_ways():
    _, [n0, n1, n2, n3] = view(4)
    tree(n0, {"b": (n1, {"x": n3}), "a": (n2, {"y": n3})})
    assert query(n0) == [n1, n3, n2, n3]


def test_b19_sorted_by_bytes():
    names = ["b", "B", "10", "9", "é", "z", "", "aa", "a", "Z", "a"]
    _, [root, *kids] = view(len(names) + 1)
    for kid, name in zip(kids, names):
        add(root, kid, name)
    expected = sorted(range(len(names)), key=lambda i: names[i].encode())
    assert query(root, sort=True) == [kids[i] for i in expected]


def test_b20_lists_that_are_none():
    _, [n0, t] = view(2)
    no_list, no_node = "{} must be a list of Node", "{} list items must be Node"
    cases = [
        ("types", (t.node(),), no_list),
        ("types", [4], no_node),
        ("types", [t], no_node),
        ("required_traits", "abc", no_list),
        ("required_traits", [None], no_node),
    ]
    for name, value, text in cases:
        call = {"bound_node": n0, "direct_only": True, name: value}
        fails(TypeError, text.format(name), C.get_children_query, **call)


def test_b21_an_exception_ends_a_visit():
    _, [n0, *kids] = view(4)
    for kid in kids:
        add(n0, kid, "k")
    seen = []

    def f(_ctx, edge):
        seen.append(edge)
        if len(seen) == 2:
            raise LookupError("enough")

    fails(LookupError, "enough", C.visit_children_edges, bound_node=n0, f=f)
    assert len(seen) == 2


def test_b22_context_and_result():
    _, [n0, n1, n2] = view(3)
    add(n0, n1, "a")
    add(n0, n2, "b")
    seen = []

    def f(*arguments):
        seen.append(arguments)
        return False

    assert C.visit_children_edges(bound_node=n0, f=f) is None
    assert [ctx for ctx, _ in seen] == [None, None]
    assert all(isinstance(edge, BoundEdge) for _, edge in seen)


def test_b23_no_function():
    _, [n0, n1] = view(2)
    fails(TypeError, None, C.visit_children_edges, bound_node=n0, f=5)
    add(n0, n1, "x")
    fails(TypeError, None, C.visit_children_edges, bound_node=n0, f=5)
    fails(TypeError, None, C.visit_children_edges, bound_node=n0)


def test_b24_children_added_meanwhile():
    g, [n0, n1, n2] = view(3)
    add(n0, n1, "x")
    add(n0, n2, "x")
    seen = []

    def f(_ctx, edge):
        seen.append(edge)
        for _ in range(50):
            add(n0, g.create_and_insert_node(), "x")

    C.visit_children_edges(bound_node=n0, f=f)
    assert len(seen) == 2
    assert len(query(n0, True)) == 102


def test_b25_traverse():
    for identifier in ("leg", ""):
        segment = C.traverse(identifier=identifier)
        assert (segment.identifier, segment.edge_type) == (identifier, 130)
        assert segment == C.traverse(identifier=identifier)
    fails(TypeError, None, C.traverse, identifier=None)


def test_b26_attributes_for_two_edges():
    a, b, c = loose(3)
    slot = C.build(child_identifier="slot")
    one, two = slot.create_edge(source=a, target=b), slot.create_edge(source=a, target=c)
    assert one.name() == two.name() == "slot" and one != two
    assert slot.get_tid() == 130


def test_b27_nul_is_kept():
    _, [n0, n1, n2] = view(3)
    add(n0, n1, "a\0b")
    add(n0, n2, "a")
    assert child(n0, "a\0b") == n1 and child(n0, "a") == n2
    assert C.create(parent=n0.node(), child=n1.node(), child_identifier="q\0").name() == "q\0"
    assert C.traverse(identifier="q\0").identifier == "q\0"


def test_b28_an_edge_without_direction():
    _, [n0, n1] = view(2)
    edge = put(n0, n1, COMPOSITION, name="u")
    assert met(C.visit_children_edges, bound_node=n0) == [edge.edge()]
    assert visit(n1) == []
    assert C.get_parent_edge(bound_node=n0) == edge
    assert C.get_parent_node_of(bound_node=n0) == n0
    assert child(n1, "u") == n1


def test_b29_two_views():
    g, [n0, n1] = view(2)
    h = GraphView.create()
    m0, m1 = (h.insert_node(node=node.node()) for node in (n0, n1))
    add(m0, m1, "x")
    assert child(m0, "x") == m1 == n1
    assert child(n0, "x") is None


def test_b30_not_in_the_view():
    g, [t] = view(1)
    bound = g.bind(node=Node.create())
    assert query(bound) == [] and query(bound, include_root=True) == [bound]
    assert same(child(bound, "x"), None)
    assert C.get_parent_edge(bound_node=bound) is None
    assert C.try_get_single_child_of_type(bound_node=bound, child_type=t.node()) is None


def test_many_children_are_found_by_name():
    g, [n0] = view(1)
    kids = []
    for i in range(200):
        kids.append(g.create_and_insert_node())
        add(n0, kids[i], f"c{i % 150}")
    late = put(n0, kids[7], COMPOSITION, directional=True)
    assert [child(n0, f"c{i}") for i in range(150)] == kids[:150]
    assert child(n0, "c150") is None and child(n0, "late") is None
    # An edge that gets its name after it was inserted, and the lists were searched.
    C.build(child_identifier="late").apply_to(edge=late.edge())
    assert child(n0, "late") == kids[7]
    add(n0, kids[9], "c150")
    assert child(n0, "c150") == kids[9]
