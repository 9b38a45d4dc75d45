//! The runtime that generated glue calls: layout, conversions, ownership, errors.
