//! Which addresses are outside. Everything not known to be globally routed unicast is refused.
//!
//! Source: the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates). Ranges that
//! carry an IPv4 address inside an IPv6 one are refused whole, whatever they carry: a translator at the
//! edge of the network could lead them inside.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// IPv4 ranges that are refused: network, length of the prefix in bits, what it is.
const INSIDE_V4: [(Ipv4Addr, u32, &str); 16] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8, "this network"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "private"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "carrier-grade NAT"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "loopback"),
    (Ipv4Addr::new(168, 63, 129, 16), 32, "cloud control address"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "link-local"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "private"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "protocol assignment"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "documentation"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "6to4 relay"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "private"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "benchmarking"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "documentation"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "documentation"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "multicast"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "reserved"),
];

/// IPv6 ranges that are refused, most telling first. What is in none of them must be in `2000::/3`.
const INSIDE_V6: [(Ipv6Addr, u32, &str); 18] = [
    (Ipv6Addr::UNSPECIFIED, 128, "unspecified"),
    (Ipv6Addr::LOCALHOST, 128, "loopback"),
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, "IPv4-mapped"),
    (Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0), 96, "IPv4-translated"),
    (Ipv6Addr::UNSPECIFIED, 96, "IPv4-compatible"),
    (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96, "NAT64"),
    (Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48, "local NAT64"),
    (Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0), 64, "discard"),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 32, "Teredo"),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, "protocol assignment"),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, "documentation"),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, "6to4"),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, "documentation"),
    (Ipv6Addr::new(0x5f00, 0, 0, 0, 0, 0, 0, 0), 16, "segment routing"),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, "unique local"),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, "link-local"),
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, "site-local"),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, "multicast"),
];

/// Why `address` may not be reached under `Public`, in one or two words; `None` when it is outside.
pub fn inside(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(v4) => inside_v4(v4),
        IpAddr::V6(v6) => inside_v6(v6),
    }
}

fn inside_v4(address: Ipv4Addr) -> Option<&'static str> {
    let bits = address.to_bits();
    INSIDE_V4
        .iter()
        .find(|(network, length, _)| (bits ^ network.to_bits()) >> (32 - length) == 0)
        .map(|(_, _, what)| *what)
}

fn inside_v6(address: Ipv6Addr) -> Option<&'static str> {
    let bits = address.to_bits();
    let known = INSIDE_V6
        .iter()
        .find(|(network, length, _)| (bits ^ network.to_bits()) >> (128 - length) == 0)
        .map(|(_, _, what)| *what);
    if known.is_some() {
        return known;
    }
    if bits >> 125 != 0b001 {
        return Some("not global unicast");
    }
    // ISATAP (RFC 5214) may stand under any prefix: interface id 0:5efe or 200:5efe, then the IPv4 address.
    let [.., upper, lower, _, _] = address.segments();
    (upper & !0x0200 == 0 && lower == 0x5efe).then_some("ISATAP")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_their_edges() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(inside(text.parse().unwrap()), expected, "{text}");
        };
        check("0.0.0.0", Some("this network"));
        check("0.255.255.255", Some("this network"));
        check("1.0.0.0", None);
        check("9.255.255.255", None);
        check("10.0.0.0", Some("private"));
        check("10.255.255.255", Some("private"));
        check("11.0.0.0", None);
        check("100.63.255.255", None);
        check("100.64.0.0", Some("carrier-grade NAT"));
        check("100.127.255.255", Some("carrier-grade NAT"));
        check("100.128.0.0", None);
        check("127.0.0.1", Some("loopback"));
        check("127.255.255.254", Some("loopback"));
        check("128.0.0.1", None);
        check("168.63.129.15", None);
        check("168.63.129.16", Some("cloud control address"));
        check("169.254.169.254", Some("link-local"));
        check("172.15.255.255", None);
        check("172.16.0.0", Some("private"));
        check("172.31.255.255", Some("private"));
        check("172.32.0.0", None);
        check("192.0.0.8", Some("protocol assignment"));
        check("192.0.1.0", None);
        check("192.0.2.1", Some("documentation"));
        check("192.88.99.1", Some("6to4 relay"));
        check("192.167.255.255", None);
        check("192.168.0.1", Some("private"));
        check("192.169.0.0", None);
        check("198.17.255.255", None);
        check("198.18.0.0", Some("benchmarking"));
        check("198.19.255.255", Some("benchmarking"));
        check("198.20.0.0", None);
        check("198.51.100.7", Some("documentation"));
        check("203.0.113.7", Some("documentation"));
        check("223.255.255.255", None);
        check("224.0.0.1", Some("multicast"));
        check("239.255.255.255", Some("multicast"));
        check("240.0.0.1", Some("reserved"));
        check("255.255.255.255", Some("reserved"));
        check("::", Some("unspecified"));
        check("::1", Some("loopback"));
        check("::7f00:1", Some("IPv4-compatible"));
        check("::ffff:127.0.0.1", Some("IPv4-mapped"));
        check("::ffff:8.8.8.8", Some("IPv4-mapped"));
        check("::ffff:0:127.0.0.1", Some("IPv4-translated"));
        check("64:ff9b::127.0.0.1", Some("NAT64"));
        check("64:ff9b:1::a00:1", Some("local NAT64"));
        check("64:ff9b:2::1", Some("not global unicast"));
        check("100::1", Some("discard"));
        check("2001::1", Some("Teredo"));
        check("2001:1ff:ffff::1", Some("protocol assignment"));
        check("2001:200::1", None);
        check("2001:db8::1", Some("documentation"));
        check("2002:7f00:1::", Some("6to4"));
        check("2003::1", None);
        check("2606:4700::1111", None);
        check("2606:4700::5efe:7f00:1", Some("ISATAP"));
        check("2606:4700::200:5efe:a00:1", Some("ISATAP"));
        check("3fff::1", Some("documentation"));
        check("3fff:fff:ffff::1", Some("documentation"));
        check("3fff:1000::1", None);
        check("4000::1", Some("not global unicast"));
        check("5f00::1", Some("segment routing"));
        check("fc00::1", Some("unique local"));
        check("fdff::1", Some("unique local"));
        check("fe80::1", Some("link-local"));
        check("fec0::1", Some("site-local"));
        check("ff02::1", Some("multicast"));
    }
}
