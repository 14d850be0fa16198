//! DHCP messages.

use core::net::Ipv4Addr;

use bytes::{Buf, BufMut, Bytes};

/// The length of the fixed fields and the magic cookie.
const FIXED_LEN: usize = 240;
/// Marks the options as those of DHCP. RFC 2131 section 3.
const MAGIC_COOKIE: [u8; 4] = [99, 130, 83, 99];
/// The flag that requests broadcast replies. RFC 2131 section 2.
const BROADCAST: u16 = 0x8000;
/// The shortest BOOTP message. RFC 1542 section 2.1.
const SHORTEST: usize = 300;

const OPTION_SUBNET_MASK: u8 = 1;
const OPTION_ROUTER: u8 = 3;
const OPTION_DNS: u8 = 6;
const OPTION_REQUESTED: u8 = 50;
const OPTION_LEASE: u8 = 51;
const OPTION_KIND: u8 = 53;
const OPTION_SERVER: u8 = 54;
const OPTION_END: u8 = 255;

/// The DHCP message type. RFC 2132 section 9.6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DhcpKind {
    /// A client looks for servers.
    Discover,
    /// A server offers an address.
    Offer,
    /// A client requests an offered address.
    Request,
    /// The server commits the address.
    Ack,
    /// The server refuses the request.
    Nak,
}

impl DhcpKind {
    const fn number(self) -> u8 {
        match self {
            Self::Discover => 1,
            Self::Offer => 2,
            Self::Request => 3,
            Self::Ack => 5,
            Self::Nak => 6,
        }
    }

    const fn of(number: u8) -> Option<Self> {
        Some(match number {
            1 => Self::Discover,
            2 => Self::Offer,
            3 => Self::Request,
            5 => Self::Ack,
            6 => Self::Nak,
            _ => return None,
        })
    }

    /// Its name: `DISCOVER`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Discover => "DISCOVER",
            Self::Offer => "OFFER",
            Self::Request => "REQUEST",
            Self::Ack => "ACK",
            Self::Nak => "NAK",
        }
    }

    /// Whether a server sends it.
    pub const fn is_from_server(self) -> bool {
        matches!(self, Self::Offer | Self::Ack | Self::Nak)
    }
}

/// A DHCP message.
///
/// Simplified: no relay agents, boot files or further options; replies are always requested by broadcast.
///
/// Source: RFC 2131 section 2; RFC 2132.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DhcpMessage {
    /// Its type.
    pub kind: DhcpKind,
    /// `xid`: identifies the exchange.
    pub transaction: u32,
    /// `chaddr`: the client's hardware address, Ethernet.
    pub hardware: [u8; 6],
    /// `yiaddr`: the address offered or assigned; unspecified in a client's messages.
    pub yours: Ipv4Addr,
    /// Option 50: the requested address.
    pub requested: Option<Ipv4Addr>,
    /// Option 54: the server.
    pub server: Option<Ipv4Addr>,
    /// Option 51: the lease time, in seconds.
    pub lease_s: Option<u32>,
    /// Option 1.
    pub subnet_mask: Option<Ipv4Addr>,
    /// Option 3: the gateway.
    pub router: Option<Ipv4Addr>,
    /// Option 6: the name server.
    pub name_server: Option<Ipv4Addr>,
}

impl DhcpMessage {
    /// A message without options except its type.
    pub const fn new(kind: DhcpKind, transaction: u32, hardware: [u8; 6]) -> Self {
        Self {
            kind,
            transaction,
            hardware,
            yours: Ipv4Addr::UNSPECIFIED,
            requested: None,
            server: None,
            lease_s: None,
            subnet_mask: None,
            router: None,
            name_server: None,
        }
    }

    /// Encodes the message.
    pub fn encode(&self) -> Bytes {
        let mut octets = Vec::with_capacity(SHORTEST);
        // op, htype (Ethernet), hlen, hops.
        octets.put_slice(&[if self.kind.is_from_server() { 2 } else { 1 }, 1, 6, 0]);
        octets.put_u32(self.transaction);
        octets.put_u16(0);
        octets.put_u16(BROADCAST);
        // ciaddr, yiaddr, siaddr, giaddr.
        octets.put_bytes(0, 4);
        octets.put_slice(&self.yours.octets());
        octets.put_bytes(0, 8);
        octets.put_slice(&self.hardware);
        octets.resize(FIXED_LEN - MAGIC_COOKIE.len(), 0);
        octets.put_slice(&MAGIC_COOKIE);
        octets.put_slice(&[OPTION_KIND, 1, self.kind.number()]);
        let mut address = |code: u8, value: Option<Ipv4Addr>| {
            if let Some(value) = value {
                octets.put_slice(&[code, 4]);
                octets.put_slice(&value.octets());
            }
        };
        address(OPTION_REQUESTED, self.requested);
        address(OPTION_SERVER, self.server);
        address(OPTION_LEASE, self.lease_s.map(Ipv4Addr::from_bits));
        address(OPTION_SUBNET_MASK, self.subnet_mask);
        address(OPTION_ROUTER, self.router);
        address(OPTION_DNS, self.name_server);
        octets.put_u8(OPTION_END);
        octets.resize(octets.len().max(SHORTEST), 0);
        octets.into()
    }

    /// Decodes a message; `None` for one that is truncated, not DHCP, or of another type.
    pub fn decode(octets: &[u8]) -> Option<Self> {
        let mut fixed = octets.get(..FIXED_LEN)?;
        if !fixed.ends_with(&MAGIC_COOKIE) || fixed[1] != 1 || fixed[2] != 6 {
            return None;
        }
        // op, htype, hlen, hops; xid; secs, flags, ciaddr; yiaddr; siaddr, giaddr; chaddr.
        fixed.advance(4);
        let transaction = fixed.get_u32();
        fixed.advance(8);
        let yours = Ipv4Addr::from_bits(fixed.get_u32());
        fixed.advance(8);
        let mut hardware = [0; 6];
        fixed.copy_to_slice(&mut hardware);
        let mut kind = None;
        let mut message = Self { yours, ..Self::new(DhcpKind::Discover, transaction, hardware) };
        let mut rest = &octets[FIXED_LEN..];
        loop {
            rest = match rest {
                [OPTION_END, ..] => break,
                [0, rest @ ..] => rest,
                [code, len, rest @ ..] => {
                    let value = rest.get(..usize::from(*len))?;
                    let address = || <[u8; 4]>::try_from(value.get(..4)?).ok().map(Ipv4Addr::from);
                    match *code {
                        OPTION_KIND => kind = DhcpKind::of(*value.first()?),
                        OPTION_REQUESTED => message.requested = address(),
                        OPTION_SERVER => message.server = address(),
                        OPTION_LEASE => message.lease_s = address().map(Ipv4Addr::to_bits),
                        OPTION_SUBNET_MASK => message.subnet_mask = address(),
                        OPTION_ROUTER => message.router = address(),
                        OPTION_DNS => message.name_server = address(),
                        _ => {}
                    }
                    &rest[usize::from(*len)..]
                }
                // RFC 2132 section 3.2: the options end with the end option.
                _ => return None,
            };
        }
        message.kind = kind?;
        Some(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ack() -> DhcpMessage {
        DhcpMessage {
            yours: Ipv4Addr::new(192, 0, 2, 10),
            requested: None,
            server: Some(Ipv4Addr::new(192, 0, 2, 1)),
            lease_s: Some(86_400),
            subnet_mask: Some(Ipv4Addr::new(255, 255, 255, 0)),
            router: Some(Ipv4Addr::new(192, 0, 2, 254)),
            name_server: Some(Ipv4Addr::new(192, 0, 2, 53)),
            ..DhcpMessage::new(DhcpKind::Ack, 0x3903_f326, [2, 0, 0, 0, 0, 1])
        }
    }

    #[test]
    fn messages_round_trip() {
        let asked = Some(Ipv4Addr::new(192, 0, 2, 10));
        for message in [
            DhcpMessage::new(DhcpKind::Discover, 1, [2, 0, 0, 0, 0, 1]),
            DhcpMessage { requested: asked, ..DhcpMessage::new(DhcpKind::Request, 1, [2, 0, 0, 0, 0, 1]) },
            DhcpMessage { kind: DhcpKind::Offer, ..ack() },
            ack(),
            DhcpMessage::new(DhcpKind::Nak, u32::MAX, [0xff; 6]),
        ] {
            let octets = message.encode();
            assert!(octets.len() >= SHORTEST);
            assert_eq!(DhcpMessage::decode(&octets), Some(message));
            let end = octets.iter().rposition(|octet| *octet != 0).expect("the end option");
            for len in 0..=end {
                assert_eq!(DhcpMessage::decode(&octets[..len]), None, "cut at {len}");
            }
        }
    }

    #[test]
    fn fields_have_the_offsets_of_the_rfc() {
        let octets = ack().encode();
        // RFC 2131 figure 1: op at 0, xid at 4, flags at 10, yiaddr at 16, chaddr at 28, options at 236.
        assert_eq!(octets[0..4], [2, 1, 6, 0]);
        assert_eq!(octets[4..8], [0x39, 0x03, 0xf3, 0x26]);
        assert_eq!(octets[10..12], [0x80, 0]);
        assert_eq!(octets[16..20], [192, 0, 2, 10]);
        assert_eq!(octets[28..34], [2, 0, 0, 0, 0, 1]);
        assert_eq!(octets[236..243], [99, 130, 83, 99, 53, 1, 5]);
    }
}
