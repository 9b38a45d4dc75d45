"""A circuit as a type graph: parts with pins, thousands of instances, nets, and a picture."""
