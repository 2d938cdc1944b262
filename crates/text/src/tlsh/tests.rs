use proptest::prelude::*;

use super::*;

/// Bytes by seed: so many, from the blank on so many different ones.
fn made(seed: u64, length: usize, letters: u64) -> Vec<u8> {
    let mut state = seed;
    (0..length)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (32 + (state >> 33) % letters) as u8
        })
        .collect()
}

/// Seed, length, letters, and what py-tlsh 5.0.0 says; nothing where it has no digest.
#[rustfmt::skip]
const DIGESTS: &[(u64, usize, u64, &str)] = &[
    (0, 49, 90, ""),
    (1, 50, 90, "T11A90020EB324049555820492611AD15455457429091521A45D4B4CC16036891D010018"),
    (2, 51, 90, "T1D79002C456128D7828102054665646D44504100C950ED1558AC58994915748D612365A"),
    (3, 64, 90, "T120A022820F0C00BE00230C00C8A30B20203332C0E02A02BB8008022022020B3300B0AE"),
    (4, 80, 3, ""),
    (5, 100, 90, "T18EB0121326A89BD84957B0944F08780D2AD45B588E3337341007BD44D57CB13694194D"),
    (6, 128, 26, "T135B02B157B214778C02908D30006D208D19CC69467556C3101CE40757408201EE00C19"),
    (7, 200, 26, "T19AD022C76022A50B71CEF2A80BE48830C03A541C00BECB0E516436CC0C2470F6AE18C8"),
    (8, 256, 90, "T159D02EE84AAA64107215DAE833EF628308A03C974A04C6000914862A89912AA3EE62F6"),
    (9, 300, 12, "T1ECE072930B0AFEE1FE30C8B19970ACEC90C65B960BE98000B6AC520C6A0C63C8740296"),
    (10, 511, 90, "T1F1F00ECF8816D9BEA1360C4E6CE68194B18114E8A3A3EC4E95E41A605CB9A759F87C24"),
    (11, 655, 90, "T104F023B59F51B5A4694296DA32F308BA3A5230158258AEA0667E421E13278DB430857E"),
    (12, 656, 90, "T1CCF02350ED94E197347D993037C5110F80DA12219329294AE86993AE51A729C47B66BE"),
    (13, 657, 90, "T194018891F6508FD5D21C602619B099DCF4C58ABCF23E4DF950C3660845CD8B86133925"),
    (14, 700, 200, "T173019460B0016980130D24A9761ECF8C4DB97C1A3C5618FA3D0EC800DE2A002ADBE31E"),
    (15, 1000, 60, "T16211A50271B221BFD513EBC8AC2806D940BA267D8DEFE542C47CD14276A9D24A3569AB"),
    (16, 1500, 5, "T12B31F8F0D48E7AD60287ACDAD665281B40C96B174D27653B50BFA42F233C993C7B0AC8"),
    (17, 2000, 90, "T143412AFC472203A272D8BE089A25D7F6E523477742F8E8EE80D3EE84100231DBEA8541"),
    (18, 3198, 90, "T130615C67822104787761A7116631D32D2D1C6DEF75F43358ED2222A36A2FDC50E03CD6"),
    (19, 3199, 90, "T18B613CA945C32CBA2265C106B8F3A0D99ACFC3A422939538B7A8DEE57D15D425A350CC"),
    (20, 3200, 90, "T1C7613AF71C95CD4B8342C6D7A3AD2B8D0A5BA3103D99BE0022C0DD43099FA9B8BC4936"),
    (21, 4097, 90, "T1A1816DEA0BC597791625A1800D253907FBBD9E2F0E1AA9F53D3B065047F9885A423BC3"),
    (22, 6000, 30, "T1DAC17D54A3AC32E750DA370DC228E92D07BDF0AA4563108C9198EBDD64A7974BF35AD3"),
    (23, 8191, 90, "T107F1BF3DC478B75970840D1F2E1BAE08CEA55E42248AF6D3A1448BC4912F087A97B5FE"),
    (24, 12000, 90, "T13A42C0E787A5DC8B1EEB6DECC0A89072201934ADE1752EE9044E758030D7ED199CB3B8"),
    (25, 20000, 7, "T19A92869AD9FFD5C73942FC85C62170A3184F731B3F225271A6FAAD29B73C416C099A90"),
    (26, 40000, 90, "T18003F1BCAB5E0D86C1ACE1FD20DB4E5E1542702F55B2BF060B69BABE4DE00C1CD85449"),
    (27, 70000, 90, "T15263011A9C88EBDFC15C95E7719B693CA8144783806B383E591AD7A71D7FB0383A7074"),
    (28, 100000, 220, "T1DFA312E1950F45751968FC8A9A1C68373B2A34C181D81605FBDC6FAD0D28E5CB3776EC"),
    (29, 300000, 90, "T1C45423D9580C7B8F9288527F99AA0023A5614A32C7CC7BC58227146DF9ED7793CC5EF2"),
    (30, 60, 1, ""),
    (31, 5000, 1, ""),
    (32, 5000, 2, ""),
];

/// Pairs of them, and their distance by py-tlsh 5.0.0.
#[rustfmt::skip]
const DISTANCES: &[(u64, u64, u32)] = &[
    (1, 2, 134), (1, 26, 658), (2, 23, 500), (3, 21, 501), (5, 20, 424), (6, 20, 352), (7, 21, 462), (8, 23, 487),
    (9, 26, 732), (11, 12, 162), (12, 18, 399), (13, 25, 551), (15, 19, 415), (16, 29, 873), (18, 29, 896),
    (21, 25, 481), (25, 26, 432),
];

/// Seeds, and by py-tlsh 5.0.0 the distance between 1,200 bytes of 80 letters and their edited copy.
#[rustfmt::skip]
const EDITED: &[(u64, u32)] = &[
    (100, 129), (101, 80), (102, 128), (103, 41), (104, 38), (105, 127), (106, 47), (107, 95), (108, 69), (109, 52),
];

#[test]
fn tlsh_vectors() -> Result<(), BadTlsh> {
    let digest = |seed: u64| {
        let found = DIGESTS.iter().find(|row| row.0 == seed);
        found.ok_or(BadTlsh).and_then(|row| row.3.parse::<Tlsh>())
    };
    for (seed, length, letters, expected) in DIGESTS {
        let found = Tlsh::of(&made(*seed, *length, *letters));
        assert_eq!(found.map(|digest| digest.to_string()).unwrap_or_default(), *expected, "{seed}");
    }
    for (a, b, expected) in DISTANCES {
        assert_eq!(digest(*a)?.distance(&digest(*b)?), *expected, "{a} {b}");
    }
    for (seed, expected) in EDITED {
        let whole = made(*seed, 1200, 80);
        let mut edited = whole.clone();
        edited.iter_mut().step_by(97).for_each(|byte| *byte = b'!');
        let pair = [Tlsh::of(&whole), Tlsh::of(&edited[100..])].map(|digest| digest.ok_or(BadTlsh));
        let [whole, edited] = pair;
        assert_eq!(whole?.distance(&edited?), *expected, "{seed}");
    }
    Ok(())
}

#[test]
fn what_is_no_digest() {
    for bad in [
        "",
        "T1",
        "TNULL",
        &"0".repeat(69),
        &"T".repeat(72),
        &format!("T2{}", "0".repeat(70)),
        &"é".repeat(35),
    ] {
        assert_eq!(bad.parse::<Tlsh>(), Err(BadTlsh), "{bad}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn digests_are_read_again(a in "[0-9A-F]{70}", b in "[0-9A-F]{70}") {
        let digests = (a.parse::<Tlsh>(), format!("T1{b}").parse::<Tlsh>());
        let (Ok(first), Ok(second)) = digests else { return Err(TestCaseError::fail("not read")) };
        prop_assert_eq!(first.to_string(), format!("T1{a}"));
        prop_assert_eq!(first.distance(&second), second.distance(&first));
        prop_assert_eq!(first.distance(&first), 0);
    }
}
