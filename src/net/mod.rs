//! HTTP and staged dialling as the go command would do them, with limits.
