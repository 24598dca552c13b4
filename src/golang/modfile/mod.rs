//! go.mod, go.work, go.sum and vendor/modules.txt with positions, recovering after errors.
