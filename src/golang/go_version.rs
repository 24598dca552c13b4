//! Go releases and language versions: parsing and order.
