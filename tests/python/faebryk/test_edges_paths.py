"""Scenarios G: paths between interfaces. In words, `-b` and `=b` go across, `^b` up and `vb` down to b."""

from itertools import combinations

from edges_tools import (
    COMPOSITION,
    INTERFACE,
    TYPE,
    Interfaces,
    add,
    connected,
    fails,
    link,
    path,
    put,
    reached,
    shallow,
    ty,
)
from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.graph import BFSPath, GraphView


def get_connected(a, **options):
    return EdgeInterfaceConnection.get_connected(source=a, **options)


def test_g1_itself():
    w = Interfaces()
    [a] = w.interfaces("a")
    found = path(a, a)
    assert isinstance(found, BFSPath) and found.get_length() == 0 and found.get_edges() == []
    assert found.get_start_node() == found.get_end_node() == a


def test_g2_not_connected():
    w = Interfaces()
    a, b = w.interfaces("a", "b")
    assert not connected(a, b)


def test_g3_either_way():
    w = Interfaces()
    a, b, c = w.interfaces("a", "b", "c")
    link(b, a)
    link(b, c)
    assert w.show(path(a, c)) == "a -b -c"
    assert w.show(path(c, a)) == "c -b -a"


def test_g4_the_shortest():
    w = Interfaces()
    a, b, c, d = w.interfaces(*"abcd")
    link(a, b, c, d)
    link(a, d)
    assert [w.show(path(a, x)) for x in (b, d, c)] == ["a -b", "a -d", "a -b -c"]


def test_g5_the_older_connection_of_the_nearer_node():
    w = Interfaces()
    a, b, c, d = w.interfaces(*"abcd")
    for ends in ((a, c), (a, b), (b, d), (c, d)):
        link(*ends)
    assert w.show(path(a, d)) == "a -c -d"
    assert w.show(path(d, a)) == "d -b -a"


def test_g6_a_ring():
    w = Interfaces()
    a, b, c = w.interfaces(*"abc")
    link(a, b, c, a)
    assert [w.show(path(a, x)) for x in (b, c)] == ["a -b", "a -c"]


def test_g7_with_and_without_itself():
    w = Interfaces()
    a, b = w.interfaces(*"ab")
    link(a, b)
    assert set(get_connected(a)) == {a, b}
    for value in (True, None):
        assert set(get_connected(a, include_self=value)) == {a, b}
    for value in (False, 0):
        assert set(get_connected(a, include_self=value)) == {b}


def test_g8_through_a_node_that_is_no_interface():
    w = Interfaces()
    a, c = w.interfaces(*"ac")
    b = w.plain("E", "b")
    link(a, b, c)
    assert not connected(a, b)
    assert w.show(path(a, c)) == "a -b -c"
    assert reached(a) == {a, c}


def test_g9_a_source_that_is_no_interface():
    w = Interfaces()
    a, b = w.plain(), w.interface()
    link(a, b)
    assert reached(a) == {a, b} and reached(b) == {b}


def test_g10_no_interface_type():
    w = Interfaces()
    types = w.new()
    e = w.new_type("E", types)
    a, b = w.new(), w.new()
    for node in (a, b):
        ty(e, node)
        w.give_trait(node)
    link(a, b)
    assert reached(a) == {a} and not connected(a, b)


def test_g11_a_trait_of_the_type_does_not_count():
    w = Interfaces()
    a, b = w.interface(), w.plain()
    w.give_trait(w.type("E"))
    link(a, b)
    assert not connected(a, b)
    w.give_trait(b)
    assert connected(a, b)


def test_g12_children_of_connected_devices():
    w = Interfaces()
    a, ax, ay = w.device("a")
    b, bx, by = w.device("b")
    link(a, b)
    assert w.show(path(ax, bx)) == "a.x ^a -b vb.x"
    assert w.show(path(ay, by)) == "a.y ^a -b vb.y"
    assert not connected(ax, by) and not connected(ax, ay)


def test_g13_parent_and_child():
    w = Interfaces()
    a, ax, _ = w.device("a")
    assert not connected(a, ax) and not connected(ax, a)
    assert reached(a) == {a}


def test_g14_children_do_not_connect_parents():
    w = Interfaces()
    (a, ax, ay), (b, bx, by) = w.device("a"), w.device("b")
    link(ax, bx)
    link(ay, by)
    assert not connected(a, b) and connected(ax, bx)


def test_g15_crossed_children():
    w = Interfaces()
    (a, ax, ay), (b, bx, by) = w.device("a"), w.device("b")
    link(ax, by)
    link(ay, bx)
    assert not connected(a, b) and connected(ax, by) and not connected(ax, bx)


def test_g16_siblings():
    w = Interfaces()
    _, ax, ay = w.device("a")
    assert not connected(ax, ay)
    link(ax, ay)
    assert connected(ax, ay)


def test_g17_up_across_down_and_up_again():
    w = Interfaces()
    (a, ax, _), (b, bx, by), (c, _, cy) = w.device("a"), w.device("b"), w.device("c")
    link(a, b)
    link(b, c)
    link(ax, cy)
    assert w.show(path(bx, by)) == "b.x ^b -a va.x -c.y ^c -b vb.y"


def test_g17_without_the_link_below():
    w = Interfaces()
    (a, _, _), (b, bx, by), (c, _, _) = w.device("a"), w.device("b"), w.device("c")
    link(a, b)
    link(b, c)
    assert not connected(bx, by)


def test_g18_five_levels():
    w = Interfaces()

    def device(label):
        nodes = [w.interface(kind, label + kind) for kind in ("Dev", "Bus", "Sig", "Ref")]
        for parent, kid in zip(nodes, nodes[1:]):
            add(parent, kid, w.names[kid][1:].lower())
        lines = [w.interface("Line", f"{label}{name}") for name in "hl"]
        for name, line in zip("hl", lines):
            add(nodes[-1], line, name)
        return [*nodes, *lines]

    one, two = device("1"), device("2")
    link(one[1], two[1])
    assert w.show(path(one[4], two[4])) == "1h ^1Ref ^1Sig ^1Bus -2Bus v2Sig v2Ref v2h"
    assert not connected(one[4], two[5]) and not connected(one[0], two[0])


def test_g19_across_a_shallow_connection():
    w = Interfaces()
    a, b, c = w.interfaces(*"abc")
    shallow(a, b)
    link(b, c)
    assert connected(a, c) and connected(c, a)


def test_g20_two_shallow_connections():
    w = Interfaces()
    a, b, c = w.interfaces(*"abc")
    shallow(a, b)
    shallow(b, c)
    assert w.show(path(a, c)) == "a =b =c"


def test_g21_shallow_then_normal():
    w = Interfaces()
    (a, ax, _), (b, bx, _) = w.device("a"), w.device("b")
    shallow(a, b)
    assert connected(a, b) and not connected(ax, bx)
    link(a, b)
    assert connected(ax, bx)


def test_g22_behind_a_shallow_connection():
    w = Interfaces()
    (a, ax, _), (b, bx, _), (c, cx, _) = w.device("a"), w.device("b"), w.device("c")
    shallow(a, b)
    link(b, c)
    assert connected(a, c) and connected(bx, cx)
    assert not (connected(ax, bx) or connected(ax, cx) or connected(cx, ax))


def test_g23_children_joined_beside_a_shallow_connection():
    w = Interfaces()
    (a, ax, _), (b, bx, _) = w.device("a"), w.device("b")
    [k] = w.interfaces("k")
    shallow(a, b)
    link(ax, k, bx)
    assert w.show(path(ax, bx)) == "a.x -k -b.x"


def test_g24_not_symmetric():
    w = Interfaces()
    (a, ax, _), (b, bx, _) = w.device("a"), w.device("b")
    [z] = w.interfaces("z")
    link(a, b)
    shallow(bx, z)
    assert w.show(path(ax, z)) == "a.x ^a -b vb.x =z"
    assert not connected(z, ax) and connected(z, bx)


def three_devices():
    w = Interfaces()
    (_, sx, _), (t, tx, _), (u, ux, _) = (w.device(label) for label in "stu")
    link(t, u)
    return w, sx, tx, ux


def test_g25_climbing_behind_a_shallow_connection():
    w, sx, tx, ux = three_devices()
    shallow(sx, tx)
    assert connected(sx, tx) and not connected(sx, ux)
    assert w.show(path(ux, sx)) == "u.x ^u -t vt.x =s.x"


def test_g26_the_older_of_two_connections():
    w, sx, tx, ux = three_devices()
    link(sx, tx)
    shallow(sx, tx)
    assert w.show(path(sx, tx)) == "s.x -t.x" and connected(sx, ux)

    w, sx, tx, ux = three_devices()
    shallow(sx, tx)
    link(sx, tx)
    assert w.show(path(sx, tx)) == "s.x =t.x" and not connected(sx, ux)


def test_g27_a_shallow_connection_hides_a_longer_way():
    w, sx, tx, ux = three_devices()
    [m] = w.interfaces("m")
    link(sx, m, tx)
    assert connected(sx, ux)
    shallow(sx, tx)
    assert not connected(sx, ux)


def test_g28_the_way_found_first():
    w = Interfaces()
    (a, ax, _), (b, bx, _) = w.device("a"), w.device("b")
    k = w.interfaces("k0", "k1", "k2", "k3")
    link(a, b)
    link(ax, *k, bx)
    assert w.show(path(ax, bx)) == "a.x -k0 -k1 -k2 -k3 -b.x"


def test_g29_no_climb_from_what_is_no_interface():
    w = Interfaces()
    tops, leaves = [], []
    for label in "ab":
        top, middle, leaf = w.interface("P", label), w.plain("M"), w.interface("E")
        add(top, middle, "m")
        add(middle, leaf, "x")
        tops.append(top)
        leaves.append(leaf)
    link(*tops)
    assert not connected(*leaves)


def test_g30_through_parents_that_are_no_interfaces():
    w = Interfaces()
    a, b, c = w.plain("P", "a"), w.plain("P", "b"), w.interface("P", "c")
    kids = w.interfaces("a.x", "b.x", "c.x")
    for parent, kid in zip((a, b, c), kids):
        add(parent, kid, "x")
    link(a, b, c)
    assert w.show(path(kids[0], kids[2])) == "a.x ^a -b -c vc.x"
    assert not connected(kids[0], kids[1]) and not connected(a, b)


def test_g31_a_child_that_is_no_interface():
    w = Interfaces()
    a, b = w.interface("P"), w.interface("P")
    ax, bx, [z] = w.interface(), w.plain(), w.interfaces("z")
    add(a, ax, "x")
    add(b, bx, "x")
    link(a, b)
    link(bx, z)
    assert reached(ax) == {ax, bx, z}


def test_g32_a_child_of_another_type():
    w = Interfaces()
    a, b = w.interface("P"), w.interface("P")
    ax, bx = w.interface("E"), w.interface("F")
    add(a, ax, "x")
    add(b, bx, "x")
    link(a, b)
    assert connected(ax, bx)


def test_g33_a_device_without_the_child():
    w = Interfaces()
    a, b, c = (w.interface("P") for _ in range(3))
    ax, cx = w.interface(), w.interface()
    add(a, ax, "x")
    add(c, cx, "x")
    link(a, b, c)
    assert reached(ax) == {ax, cx}


def test_g34_anonymous_children():
    w = Interfaces()
    a, b = w.interface("P", "a"), w.interface("P", "b")
    a1, a2, b1, b2 = w.interfaces("a1", "a2", "b1", "b2")
    for parent, kid in ((a, a1), (a, a2), (b, b1), (b, b2)):
        add(parent, kid, "")
    link(a, b)
    assert reached(a1) == {a1, b1}
    assert reached(a2) == {a2, a1, b1}
    assert w.show(path(a2, a1)) == "a2 ^a va1"


def test_g35_children_without_name():
    w = Interfaces()
    a, b = w.interface("P"), w.interface("P")
    ax, bx = w.interface(), w.interface()
    put(a, ax, COMPOSITION, directional=True)
    put(b, bx, COMPOSITION, directional=True)
    link(a, b)
    assert reached(ax) == {ax}


def test_g36_a_child_with_two_parents():
    w = Interfaces()
    a, a2, b, c = (w.interface("P", label) for label in ("a", "a2", "b", "c"))
    x, bx, cx = w.interfaces("x", "b.x", "c.x")
    for parent, kid in ((a, x), (a2, x), (b, bx), (c, cx)):
        add(parent, kid, "x")
    link(a2, b)
    link(a, c)
    assert reached(x) == {x, cx}
    assert connected(cx, x) and not connected(bx, x)
    assert w.show(path(bx, a)) == "b.x ^b -a2 ^a"


def test_g37_plain_edges():
    w = Interfaces()
    a, b, c = w.interface("E", "a"), w.interface("Z", "b"), w.interface("E", "c")
    put(a, b, INTERFACE)
    put(b, c, INTERFACE, directional=True, shallow=True)
    assert w.show(path(a, c)) == "a -b =c"
    assert w.show(path(c, a)) == "c =b -a"


def test_g38_a_long_chain():
    w = Interfaces()
    chain = [w.interface() for _ in range(1500)]
    link(*chain)
    found = path(chain[0], chain[-1])
    assert found.get_length() == 1499 == len(found.get_edges()) and found.get_end_node() == chain[-1]


def test_g39_order_of_discovery():
    w = Interfaces()
    hub, *leaves = (w.interface() for _ in range(41))
    for leaf in (*leaves[20:], *leaves[:20]):
        w.new()
        link(leaf, hub)
    assert list(get_connected(hub)) == [hub, *leaves[20:], *leaves[:20]]


def test_g40_keys_and_values():
    w = Interfaces()
    a, b = w.interfaces(*"ab")
    link(a, b)
    found = get_connected(a)
    other = GraphView.create().insert_node(node=b.node())
    assert found[other].get_length() == 1
    for key, value in found.items():
        assert value.get_end_node() == key and value.get_start_node() == a
        assert key.g() is w.g


def test_g41_other_views():
    w = Interfaces()
    a, b = w.interfaces(*"ab")
    link(a, b)
    h = GraphView.create()
    assert connected(a, h.insert_node(node=b.node()))
    elsewhere = h.insert_node(node=a.node())
    assert reached(elsewhere) == {a}


def test_g42_a_parent_without_type():
    w = Interfaces()
    a, b = w.interfaces(*"ab")
    add(w.type("T"), a, "a")
    link(a, b)
    assert reached(a) == {a, b}


def test_g43_nodes_without_type():
    w = Interfaces()
    a, b = w.new(), w.new()
    link(a, b)
    assert not connected(a, b) and reached(a) == {a}


def test_g44_wrong_arguments():
    w = Interfaces()
    [a] = w.interfaces("a")
    fails(TypeError, None, EdgeInterfaceConnection.is_connected_to, target=a)
    fails(TypeError, None, EdgeInterfaceConnection.is_connected_to, source=a)
    fails(TypeError, None, EdgeInterfaceConnection.is_connected_to, source=a, target=a.node())
    fails(TypeError, None, EdgeInterfaceConnection.get_connected, source=w.g)


def test_g45_the_newer_parent_first():
    w = Interfaces()
    (a, ax, _), (b, bx, _), (c, cx, _) = w.device("a"), w.device("b"), w.device("c")
    link(a, b)
    link(bx, cx)
    link(c, a)
    assert w.show(path(ax, bx)) == "a.x ^a -b vb.x"
    assert w.show(path(ax, cx)) == "a.x ^a -c vc.x"


def test_g46_a_later_search_with_fewer_edges():
    w = Interfaces()
    (a, ax, _), (b, bx, _), (c, _, _), (d, dx, _) = (w.device(label) for label in "abcd")
    link(a, b, c, d)
    link(bx, dx)
    assert w.show(path(ax, dx)) == "a.x ^a -b vb.x -d.x"


def test_g47_last_in_first_out():
    w = Interfaces()
    (a, ax, _), (c, cx, _), (b, bx, _) = (w.device(label) for label in "acb")
    [z] = w.interfaces("z")
    link(a, c, b)
    link(bx, z)
    link(cx, z)
    assert w.show(path(ax, z)) == "a.x ^a -c vc.x -z"


def test_g48_a_child_of_two():
    w = Interfaces()
    n = [w.interface("E", f"n{i}") for i in range(6)]
    add(n[0], n[1], "")
    add(n[2], n[1], "")
    link(n[2], n[3])
    add(n[4], n[3], "n3")
    add(n[5], n[0], "n0")
    add(n[5], n[2], "n2")
    assert not any(connected(n[0], n[i]) for i in (1, 2, 4))


def test_g49_a_clique_behind_a_shallow_connection():
    w = Interfaces()
    s, *c = w.interfaces("s", *(f"c{i}" for i in range(6)))
    shallow(s, c[0])
    for pair in combinations(c, 2):
        link(*pair)
    found = get_connected(s)
    assert set(found) == {s, *c}
    assert [w.show(found[x]) for x in c] == ["s =c0", *(f"s =c0 -c{i}" for i in range(1, 6))]


def test_g50_another_type_graph():
    w = Interfaces()
    types = w.new()
    e = w.new_type("E", types)
    a, b = w.new(), w.new()
    for node in (a, b):
        put(e, node, TYPE, directional=True)
        w.give_trait(node, w.trait)
    link(a, b)
    assert not connected(a, b)


def test_paths_outlive_their_view():
    w = Interfaces()
    a, b = w.interfaces(*"ab")
    [edge] = link(a, b)
    found, everything = path(a, b), get_connected(a)
    w.g.destroy()
    assert found.get_length() == 1 and found.get_edges() == [edge.edge()]
    assert everything[b].get_edges() == [edge.edge()]
    assert found.get_end_node() == b and repr(found)


def test_a_deep_hierarchy():
    w = Interfaces()
    one, two = ([w.interface() for _ in range(2000)] for _ in range(2))
    for tower in (one, two):
        for parent, kid in zip(tower, tower[1:]):
            add(parent, kid, "x")
    link(one[0], two[0])
    found = path(one[-1], two[-1])
    assert found.get_length() == 2 * 1999 + 1 and found.get_end_node() == two[-1]
