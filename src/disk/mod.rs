//! Reads that are capped in size and never open a FIFO or device.
