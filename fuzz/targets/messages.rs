//! Any text, as the formats of messages read it: what they name stands in the line that they say.

#![no_main]

use gomoddoc::catalog::messages;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let lines: Vec<&str> = text.lines().collect();
    for message in messages::read(text) {
        assert_eq!(lines.get(message.line - 1), Some(&message.text));
        assert!(messages::may_speak(message.text), "{}: {:?}", message.format.id, message.text);
        for (name, value) in message.names() {
            assert!(message.text.contains(value), "{name} is not there: {value:?}");
            assert!(message.get(name).is_some(), "{name} is not found");
        }
    }
    for line in lines {
        let _ = messages::kinship(line);
    }
});
