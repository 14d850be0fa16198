//! The fields as their documents name them, and the keys of their explanations.

use playground_capture::octets::Field;

/// The name in RFC 791, RFC 9293 or the option's own document; names are not translated.
pub(super) const fn name(field: Field) -> &'static str {
    match field {
        Field::IpVersion => "Version",
        Field::IpHeaderLength => "IHL",
        Field::IpDscp => "DSCP",
        Field::IpEcn => "ECN",
        Field::IpTotalLength => "Total Length",
        Field::IpIdentification => "Identification",
        Field::IpFlags => "Flags",
        Field::IpFragmentOffset => "Fragment Offset",
        Field::IpTimeToLive => "Time to Live",
        Field::IpProtocol => "Protocol",
        Field::IpChecksum => "Header Checksum",
        Field::IpSource => "Source Address",
        Field::IpDestination => "Destination Address",
        Field::IpOptions => "Options",
        Field::TcpSourcePort => "Source Port",
        Field::TcpDestinationPort => "Destination Port",
        Field::TcpSequence => "Sequence Number",
        Field::TcpAcknowledgment => "Acknowledgment Number",
        Field::TcpDataOffset => "Data Offset",
        Field::TcpReserved => "Reserved",
        Field::TcpFlags => "Control Bits",
        Field::TcpWindow => "Window",
        Field::TcpChecksum => "Checksum",
        Field::TcpUrgentPointer => "Urgent Pointer",
        Field::TcpMaxSegmentSize => "Maximum Segment Size",
        Field::TcpSackPermitted => "SACK-Permitted",
        Field::TcpSack => "SACK",
        Field::TcpTimestamps => "Timestamps",
        Field::TcpNoOperation => "No-Operation",
        Field::TcpWindowScale => "Window Scale",
        Field::TcpOtherOption => "Option",
        Field::TcpEndOfOptions => "End of Options",
        Field::Payload => "Payload",
    }
}

/// The key of a field's explanation.
pub(super) fn explanation(field: Field) -> String {
    format!("field-{}", field.key())
}

/// The key of an HTTP field's explanation: of its own if there is one, else of fields as such.
pub(super) fn header_explanation(name: &str, is_known: impl Fn(&str) -> bool) -> String {
    let own = format!("header-{}", name.to_ascii_lowercase());
    if is_known(&own) { own } else { "field-http-field".to_owned() }
}

#[cfg(test)]
mod tests {
    use playground_playback::FIELD_KEYS;

    use super::*;
    use crate::language::{Language, Text};

    #[test]
    fn every_field_has_an_explanation() {
        let text = Text::new(Language::Korean);
        for field in Field::ALL {
            assert!(text.has(&explanation(*field)), "{field:?}");
        }
        for key in FIELD_KEYS.iter().filter(|key| key.starts_with("http") || key.starts_with("payload")) {
            assert!(text.has(&format!("field-{key}")), "{key}");
        }
    }

    #[test]
    fn a_field_without_its_own_explanation_has_the_general_one() {
        assert_eq!(header_explanation("Connection", |key| key == "header-connection"), "header-connection");
        assert_eq!(header_explanation("X-Own", |_| false), "field-http-field");
    }
}
