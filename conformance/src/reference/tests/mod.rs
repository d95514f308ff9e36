//! Tests by area.
