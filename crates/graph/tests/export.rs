//! Views as text for other programs.

mod common;

use common::{link, nodes, text, view};
use pyrus_graph::{Edge, Literal, kinds};

#[test]
fn graphml_has_all_records_with_typed_keys() {
    let view = view();
    let [a, b] = nodes(&view);
    a.put("x", Literal::Int(1));
    b.put("x", Literal::Float(0.5));
    b.put("s", text("<\0&\n>"));
    b.put("s", text("last"));
    let edge = Edge::build(&a, &b, 130)
        .name("r")
        .directional(true)
        .attribute("big", Literal::Uint(u64::MAX));
    view.insert_edge(&edge.edge_specific(7).finish().unwrap())
        .unwrap();
    let graphml = view.to_graphml().unwrap();
    let has = |line: &str| assert!(graphml.contains(line), "{line}\n{graphml}");
    has("<key id=\"a0\" for=\"node\" attr.name=\"x\" attr.type=\"double\"/>");
    has("<key id=\"b1\" for=\"edge\" attr.name=\"big\" attr.type=\"string\"/>");
    has("<node id=\"n0\"></node>");
    has("<node id=\"n2\"><data key=\"a0\">0.5</data><data key=\"a1\">last</data></node>");
    has(
        "<edge id=\"e0\" source=\"n1\" target=\"n2\" directed=\"true\"><data key=\"kind\">130</data>",
    );
    has("<data key=\"specific\">7</data><data key=\"b0\">r</data>");
}

#[test]
fn dot_names_edges_after_their_kind_if_need_be() {
    let view = view();
    let [a, b] = nodes(&view);
    a.put("label", text("say \"hi\"\\N"));
    link(&view, &a, &b, kinds::POINTER);
    link(&view, &b, &a, 7).set_name("back");
    let dot = view.to_dot().unwrap();
    assert!(dot.contains("n0 [label=\"n0\", peripheries=2];"), "{dot}");
    assert!(
        dot.contains(r#"n1 [label="label = say \"hi\"\\N\l"];"#),
        "{dot}"
    );
    assert!(dot.contains("n1 -> n2 [label=\"Pointer\""), "{dot}");
    assert!(
        dot.contains("n2 -> n1 [label=\"back\", tooltip=\"7\\nname = back\\n\""),
        "{dot}"
    );
}
