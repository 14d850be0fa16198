//! The fields of the filter language, and their values in a packet.

use playground_core::wire::Packet;
use strum::{EnumString, IntoStaticStr, VariantArray, VariantNames};

use super::{FieldValue, protocol_is};
use crate::dissection::Dissection;
use crate::packets::{PacketRow, relative, window};

/// A field by its name in Wireshark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray, VariantNames)]
pub(crate) enum Field {
    #[strum(serialize = "frame.number")]
    FrameNumber,
    #[strum(serialize = "frame.len")]
    FrameLen,
    #[strum(serialize = "ip")]
    Ip,
    #[strum(serialize = "ip.src")]
    IpSource,
    #[strum(serialize = "ip.dst")]
    IpDestination,
    #[strum(serialize = "ip.addr")]
    IpAddress,
    #[strum(serialize = "tcp")]
    Tcp,
    #[strum(serialize = "tcp.port")]
    Port,
    #[strum(serialize = "tcp.srcport")]
    SourcePort,
    #[strum(serialize = "tcp.dstport")]
    DestinationPort,
    #[strum(serialize = "tcp.stream")]
    Stream,
    #[strum(serialize = "tcp.len")]
    Length,
    #[strum(serialize = "tcp.seq")]
    Sequence,
    #[strum(serialize = "tcp.ack")]
    Acknowledgment,
    #[strum(serialize = "tcp.window_size")]
    WindowSize,
    #[strum(serialize = "tcp.flags.syn")]
    Syn,
    #[strum(serialize = "tcp.flags.ack")]
    Ack,
    #[strum(serialize = "tcp.flags.fin")]
    Fin,
    #[strum(serialize = "tcp.flags.reset")]
    Reset,
    #[strum(serialize = "tcp.flags.push")]
    Push,
    #[strum(serialize = "tcp.analysis.retransmission")]
    Retransmission,
    #[strum(serialize = "tls")]
    Tls,
    #[strum(serialize = "http")]
    Http,
    #[strum(serialize = "http.request")]
    Request,
    #[strum(serialize = "http.request.method")]
    Method,
    #[strum(serialize = "http.request.uri")]
    Uri,
    #[strum(serialize = "http.response")]
    Response,
    #[strum(serialize = "http.response.code")]
    Code,
    #[strum(serialize = "udp")]
    Udp,
    #[strum(serialize = "dns")]
    Dns,
    #[strum(serialize = "dhcp")]
    Dhcp,
    #[strum(serialize = "icmp")]
    Icmp,
    #[strum(serialize = "node.src")]
    NodeSource,
    #[strum(serialize = "node.dst")]
    NodeDestination,
    #[strum(serialize = "model.lost")]
    Lost,
}

/// The names of all fields, for completion.
pub const FILTER_FIELDS: &[&str] = Field::VARIANTS_NAMES;

impl Field {
    const VARIANTS_NAMES: &'static [&'static str] = <Self as VariantNames>::VARIANTS;

    /// Whether its values are numbers.
    pub(crate) const fn is_number(self) -> bool {
        !matches!(
            self,
            Self::IpSource
                | Self::IpDestination
                | Self::IpAddress
                | Self::Method
                | Self::Uri
                | Self::NodeSource
                | Self::NodeDestination
        )
    }

    /// Whether a packet has it: of what is a flag, whether it is set.
    pub(crate) fn is_there(self, values: &[FieldValue]) -> bool {
        let is_flag = matches!(
            self,
            Self::Ip
                | Self::Tcp
                | Self::Tls
                | Self::Http
                | Self::Udp
                | Self::Dns
                | Self::Dhcp
                | Self::Icmp
                | Self::Request
                | Self::Response
                | Self::Retransmission
                | Self::Lost
        );
        if is_flag { values.contains(&FieldValue::Number(1)) } else { !values.is_empty() }
    }
}

/// The values of a field in a packet; none where the packet has no such field.
pub(crate) fn values(
    field: Field,
    row: &PacketRow,
    packet: &Packet,
    dissection: &Dissection,
) -> Vec<FieldValue> {
    let number = |number: u64| vec![FieldValue::Number(number)];
    let flag = |on: bool| number(u64::from(on));
    let text = |text: &str| vec![FieldValue::Text(text.to_owned())];
    let name: &'static str = field.into();
    match field {
        Field::FrameNumber => return number(row.number.into()),
        Field::FrameLen => return number(row.length as u64),
        Field::IpSource => return text(address(&row.source)),
        Field::IpDestination => return text(address(&row.destination)),
        Field::IpAddress => {
            return [text(address(&row.source)), text(address(&row.destination))].concat();
        }
        Field::NodeSource => return text(&row.from.name),
        Field::NodeDestination => return text(&row.to.name),
        Field::Lost => return flag(row.lost),
        Field::Ip
        | Field::Tcp
        | Field::Tls
        | Field::Http
        | Field::Udp
        | Field::Dns
        | Field::Dhcp
        | Field::Icmp => {
            return flag(protocol_is(row, packet, name));
        }
        _ => {}
    }
    let (Packet::Segment(segment), Some(label)) = (packet, dissection.segment(row.id)) else {
        return Vec::new();
    };
    let connection = label.connection.and_then(|id| dissection.connection(id));
    let numbers = || relative(connection, label.sender, segment);
    let message = || {
        let message = dissection.message(label.message?)?;
        label.begins_message.then(|| message.start_line.to_string())
    };
    let request = || message().filter(|line| !line.starts_with("HTTP/"));
    let word = |line: Option<String>, place: usize| {
        line.and_then(|line| line.split(' ').nth(place).map(str::to_owned)).map(FieldValue::Text)
    };
    match field {
        Field::SourcePort => number(segment.source.port.into()),
        Field::DestinationPort => number(segment.destination.port.into()),
        Field::Port => [number(segment.source.port.into()), number(segment.destination.port.into())].concat(),
        Field::Stream => row.connection.map_or_else(Vec::new, |id| number(id.0.into())),
        Field::Length => number(segment.payload.len() as u64),
        Field::Sequence => number(numbers().0.into()),
        Field::Acknowledgment => number(numbers().1.into()),
        Field::WindowSize => number(window(connection, label.sender, segment).into()),
        Field::Syn => flag(segment.flags.is_syn()),
        Field::Ack => flag(segment.flags.is_ack()),
        Field::Fin => flag(segment.flags.is_fin()),
        Field::Reset => flag(segment.flags.is_rst()),
        Field::Push => flag(segment.flags.is_psh()),
        Field::Retransmission => flag(row.retransmission),
        Field::Request => flag(row.protocol == "HTTP" && request().is_some()),
        Field::Response => flag(message().is_some_and(|line| line.starts_with("HTTP/"))),
        Field::Method => word(request(), 0).into_iter().collect(),
        Field::Uri => word(request(), 1).into_iter().collect(),
        Field::Code => {
            let code = message().filter(|line| line.starts_with("HTTP/"));
            let code = code.and_then(|line| line.split(' ').nth(1)?.parse().ok());
            code.map_or_else(Vec::new, number)
        }
        _ => Vec::new(),
    }
}

/// An address without its port.
fn address(socket: &str) -> &str {
    socket.rsplit_once(':').map_or(socket, |(address, _)| address)
}
