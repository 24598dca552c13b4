//! `gomoddoc fix` as people use it: what it asks, what it writes and how, what it leaves alone, and what takes it
//! back. That a fix mends is what `check_live` shows, case by case.

mod asking;
mod choosing;
mod files;
mod house;
mod killed;
mod secrets;
mod undoing;
