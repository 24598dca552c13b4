//! What the tests share: servers on loopback, modules made on the spot, the real go and git.
