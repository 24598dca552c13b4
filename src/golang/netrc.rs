//! The .netrc file by Go's parser, and where curl reads it differently.
