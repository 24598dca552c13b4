//! The go-import meta tags of a custom import path.
