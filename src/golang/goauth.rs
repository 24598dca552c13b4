//! GOAUTH.
