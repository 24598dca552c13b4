//! HTTP_PROXY, HTTPS_PROXY and NO_PROXY by Go's rules.
