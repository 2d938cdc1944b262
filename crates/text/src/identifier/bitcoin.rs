//! Addresses of Bitcoin's main net. Private keys and test nets are none.

use super::base58check;

/// The shortest and the longest Base58Check address, in characters.
const BASE58_CHARS: std::ops::RangeInclusive<usize> = 26..=35;

/// The shortest and the longest `bc1` address, in characters (programs of 2 to 40 bytes).
const BECH32_CHARS: std::ops::RangeInclusive<usize> = 14..=74;

/// Version bytes of addresses: to a key (P2PKH) and to a script (P2SH).
const VERSIONS: [u8; 2] = [0, 5];

/// The canonical form if the word is an address: Base58Check as written; Bech32 (BIP-173, version 0) and Bech32m
/// (BIP-350, later versions) in lower case.
pub(super) fn canonical(word: &str) -> Option<String> {
    if word.starts_with(['1', '3']) && BASE58_CHARS.contains(&word.len()) {
        let [version, ..] = base58check::<21>(word)?;
        return VERSIONS.contains(&version).then(|| word.to_owned());
    }
    let is_bech32 = BECH32_CHARS.contains(&word.len()) && word.as_bytes()[..3].eq_ignore_ascii_case(b"bc1");
    let (net, ..) = is_bech32.then(|| bech32::segwit::decode(word).ok()).flatten()?;
    net.is_valid_on_mainnet().then(|| word.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, identifiers};

    /// Bitcoin Core, `src/test/data/key_io_valid.json` in its first form: addresses of the main net.
    const ADDRESSES: &[&str] = &[
        "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i",
        "3CMNFxN1oHBc4R1EpboAL5yzHGgE611Xou",
        "1Ax4gZtb7gAit2TivwejZHYtNNLT18PUXJ",
        "3QjYXhTkvuj8qPaXHTTWb5wjXhdsLAAWVy",
        "1C5bSj1iEGUgSTbziymG7Cn18ENQuT36vv",
        "3AnNxabYGoTxYiTEZwFEnerUoeFXK2Zoks",
        "1Gqk4Tv79P91Cc1STQtU3s1W6277M2CVWu",
        "33vt8ViH5jsr115AGkW6cEmEz9MpvJSwDk",
        "1JwMWBVLtiqtscbaRHai4pqHokhFCbtoB4",
        "3QCzvfL4ZRvmJFiWWBVwxfdaNBT8EtxB5y",
        "19dcawoKcZdQz365WpXWMhX6QCUpR9SY4r",
        "37Sp6Rv3y4kVd1nQ1JV5pfqXccHNyZm1x3",
        "13p1ijLwsnrcuyqcTvJXkq2ASdXqcnEBLE",
        "3ALJH9Y951VCGcVZYAdpA3KchoP9McEj1G",
    ];

    /// From the same list: private keys and test nets.
    const KEYS_AND_TEST_NETS: &[&str] = &[
        "mo9ncXisMeAoXwqcV5EWuyncbmCcQN4rVs",
        "2N2JD6wb56AfK4tfmM6PwdVmoYk2dCKf4Br",
        "5Kd3NBUAdUnhyzenEwVLy9pBKxSwXvE9FMPyR4UKZvpe6E3AgLr",
        "Kz6UJmQACJmLtaQj5A3JAge4kVTNQ8gbvXuwbmCj7bsaabudb3RD",
        "9213qJab2HNEpMpYNBa7wHGFKKbkDn24jpANDs2huN3yi4J11ko",
        "cTpB4YiyKiBcPxnefsDpbnDxFDffjqJob8wGCEDXxgQ7zQoMXJdH",
        "n3ZddxzLvAY9o7184TB4c6FJasAybsw4HZ",
        "2NBFNJTktNa7GZusGbDbGKRZTxdK9VVez3n",
        "5K494XZwps2bGyeL71pWid4noiSNA2cfCibrvRWqcHSptoFn7rc",
        "L1RrrnXkcKut5DEMwtDthjwRcTTwED36thyL1DebVrKuwvohjMNi",
        "93DVKyFYwSN6wEo3E2fCrFPUp17FtrtNi2Lf7n4G3garFb16CRj",
        "cTDVKtMGVYWTHCb1AFjmVbEbWjvKpKqKgMaR3QJxToMSQAhmCeTN",
        "n3LnJXCqbPjghuVs8ph9CYsAe4Sh4j97wk",
        "2NB72XtkjpnATMggui83aEtPawyyKvnbX2o",
        "5KaBW9vNtWNhc3ZEDyNCiXLPdVPHCikRxSBWwV9NrpLLa4LsXi9",
        "L1axzbSyynNYA8mCAhzxkipKkfHtAXYF4YQnhSKcLV8YXA874fgT",
        "927CnUkUbasYtDwYwVn2j8GdTuACNnKkjZ1rpZd2yBB1CLcnXpo",
        "cUcfCMRjiQf85YMzzQEk9d1s5A4K7xL5SmBCLrezqXFuTVefyhY7",
        "mhaMcBxNh5cqXm4aTQ6EcVbKtfL6LGyK2H",
        "2MxgPqX1iThW3oZVk9KoFcE5M4JpiETssVN",
        "5HtH6GdcwCJA4ggWEL1B3jzBBUB8HPiBi9SBc5h9i4Wk4PSeApR",
        "L2xSYmMeVo3Zek3ZTsv9xUrXVAmrWxJ8Ua4cw8pkfbQhcEFhkXT8",
        "92xFEve1Z9N8Z641KQQS7ByCSb8kGjsDzw6fAmjHN1LZGKQXyMq",
        "cVM65tdYu1YK37tNoAyGoJTR13VBYFva1vg9FLuPAsJijGvG6NEA",
        "mizXiucXRCsEriQCHUkCqef9ph9qtPbZZ6",
        "2NEWDzHWwY5ZZp8CQWbB7ouNMLqCia6YRda",
        "5KQmDryMNDcisTzRp3zEq9e4awRmJrEVU1j5vFRTKpRNYPqYrMg",
        "L39Fy7AC2Hhj95gh3Yb2AU5YHh1mQSAHgpNixvm27poizcJyLtUi",
        "91cTVUcgydqyZLgaANpf1fvL55FH53QMm4BsnCADVNYuWuqdVys",
        "cQspfSzsgLeiJGB2u8vrAiWpCU4MxUT6JseWo2SjXy4Qbzn2fwDw",
        "myoqcgYiehufrsnnkqdqbp69dddVDMopJu",
        "2N7FuwuUuoTBrDFdrAZ9KxBmtqMLxce9i1C",
        "5KL6zEaMtPRXZKo1bbMq7JDjjo1bJuQcsgL33je3oY8uSJCR5b4",
        "KwV9KAfwbwt51veZWNscRTeZs9CKpojyu1MsPnaKTF5kz69H1UN2",
        "93N87D6uxSBzwXvpokpzg8FFmfQPmvX4xHoWQe3pLdYpbiwT5YV",
        "cMxXusSihaX58wpJ3tNuuUcZEQGt6DKJ1wEpxys88FFaQCYjku9h",
    ];

    /// Bitcoin Core, `key_io_invalid.json` in its first form.
    const INVALID: &[&str] = &[
        "37qgekLpCCHrQuSjvX3fs496FWTGsHFHizjJAs6NPcR47aefnnCWECAhHV6E3g4YN7u7Yuwod5Y",
        "dzb7VV1Ui55BARxv7ATxAtCUeJsANKovDGWFVgpTbhq9gvPqP3yv",
        "MuNu7ZAEDFiHthiunm7dPjwKqrVNCM3mAz6rP9zFveQu14YA8CxExSJTHcVP9DErn6u84E6Ej7S",
        "rPpQpYknyNQ5AEHuY6H8ijJJrYc2nDKKk9jjmKEXsWzyAQcFGpDLU2Zvsmoi8JLR7hAwoy3RQWf",
        "4Uc3FmN6NQ6zLBK5QQBXRBUREaaHwCZYsGCueHauuDmJpZKn6jkEskMB2Zi2CNgtb5r6epWEFfUJq",
        "7aQgR5DFQ25vyXmqZAWmnVCjL3PkBcdVkBUpjrjMTcghHx3E8wb",
        "17QpPprjeg69fW1DV8DcYYCKvWjYhXvWkov6MJ1iTTvMFj6weAqW7wybZeH57WTNxXVCRH4veVs",
        "KxuACDviz8Xvpn1xAh9MfopySZNuyajYMZWz16Dv2mHHryznWUp3",
        "7nK3GSmqdXJQtdohvGfJ7KsSmn3TmGqExug49583bDAL91pVSGq5xS9SHoAYL3Wv3ijKTit65th",
        "cTivdBmq7bay3RFGEBBuNfMh2P1pDCgRYN2Wbxmgwr4ki3jNUL2va",
        "gjMV4vjNjyMrna4fsAr8bWxAbwtmMUBXJS3zL4NJt5qjozpbQLmAfK1uA3CquSqsZQMpoD1g2nk",
        "emXm1naBMoVzPjbk7xpeTVMFy4oDEe25UmoyGgKEB1gGWsK8kRGs",
        "7VThQnNRj1o3Zyvc7XHPRrjDf8j2oivPTeDXnRPYWeYGE4pXeRJDZgf28ppti5hsHWXS2GSobdqyo",
        "1G9u6oCVCPh2o8m3t55ACiYvG1y5BHewUkDSdiQarDcYXXhFHYdzMdYfUAhfxn5vNZBwpgUNpso",
        "31QQ7ZMLkScDiB4VyZjuptr7AEc9j1SjstF7pRoLhHTGkW4Q2y9XELobQmhhWxeRvqcukGd1XCq",
        "DHqKSnpxa8ZdQyH8keAhvLTrfkyBMQxqngcQA5N8LQ9KVt25kmGN",
        "2LUHcJPbwLCy9GLH1qXmfmAwvadWw4bp4PCpDfduLqV17s6iDcy1imUwhQJhAoNoN1XNmweiJP4i",
        "7USRzBXAnmck8fX9HmW7RAb4qt92VFX6soCnts9s74wxm4gguVhtG5of8fZGbNPJA83irHVY6bCos",
        "1DGezo7BfVebZxAbNT3XGujdeHyNNBF3vnficYoTSp4PfK2QaML9bHzAMxke3wdKdHYWmsMTJVu",
        "2D12DqDZKwCxxkzs1ZATJWvgJGhQ4cFi3WrizQ5zLAyhN5HxuAJ1yMYaJp8GuYsTLLxTAz6otCfb",
        "8AFJzuTujXjw1Z6M3fWhQ1ujDW7zsV4ePeVjVo7D1egERqSW9nZ",
        "163Q17qLbTCue8YY3AvjpUhotuaodLm2uqMhpYirsKjVqnxJRWTEoywMVY3NbBAHuhAJ2cF9GAZ",
        "2MnmgiRH4eGLyLc9eAqStzk7dFgBjFtUCtu",
        "461QQ2sYWxU7H2PV4oBwJGNch8XVTYYbZxU",
        "2UCtv53VttmQYkVU4VMtXB31REvQg4ABzs41AEKZ8UcB7DAfVzdkV9JDErwGwyj5AUHLkmgZeobs",
        "cSNjAsnhgtiFMi6MtfvgscMB2Cbhn2v1FUYfviJ1CdjfidvmeW6mn",
        "gmsow2Y6EWAFDFE1CE4Hd3Tpu2BvfmBfG1SXsuRARbnt1WjkZnFh1qGTiptWWbjsq2Q6qvpgJVj",
        "nksUKSkzS76v8EsSgozXGMoQFiCoCHzCVajFKAXqzK5on9ZJYVHMD5CKwgmX3S3c7M1U3xabUny",
        "L3favK1UzFGgdzYBF2oBT5tbayCo4vtVBLJhg2iYuMeePxWG8SQc",
        "7VxLxGGtYT6N99GdEfi6xz56xdQ8nP2dG1CavuXx7Rf2PrvNMTBNevjkfgs9JmkcGm6EXpj8ipyPZ",
        "2mbZwFXF6cxShaCo2czTRB62WTx9LxhTtpP",
        "dB7cwYdcPSgiyAwKWL3JwCVwSk6epU2txw",
        "HPhFUhUAh8ZQQisH8QQWafAxtQYju3SFTX",
        "4ctAH6AkHzq5ioiM1m9T3E2hiYEev5mTsB",
        "Hn1uFi4dNexWrqARpjMqgT6cX1UsNPuV3cHdGg9ExyXw8HTKadbktRDtdeVmY3M1BxJStiL4vjJ",
        "Sq3fDbvutABmnAHHExJDgPLQn44KnNC7UsXuT7KZecpaYDMU9Txs",
        "6TqWyrqdgUEYDQU1aChMuFMMEimHX44qHFzCUgGfqxGgZNMUVWJ",
        "giqJo7oWqFxNKWyrgcBxAVHXnjJ1t6cGoEffce5Y1y7u649Noj5wJ4mmiUAKEVVrYAGg2KPB3Y4",
        "cNzHY5e8vcmM3QVJUcjCyiKMYfeYvyueq5qCMV3kqcySoLyGLYUK",
        "37uTe568EYc9WLoHEd9jXEvUiWbq5LFLscNyqvAzLU5vBArUJA6eydkLmnMwJDjkL5kXc2VK7ig",
        "EsYbG4tWWWY45G31nox838qNdzksbPySWc",
        "nbuzhfwMoNzA3PaFnyLcRxE9bTJPDkjZ6Rf6Y6o2ckXZfzZzXBT",
        "cQN9PoxZeCWK1x56xnz6QYAsvR11XAce3Ehp3gMUdfSQ53Y2mPzx",
        "1Gm3N3rkef6iMbx4voBzaxtXcmmiMTqZPhcuAepRzYUJQW4qRpEnHvMojzof42hjFRf8PE2jPde",
        "2TAq2tuN6x6m233bpT7yqdYQPELdTDJn1eU",
        "ntEtnnGhqPii4joABvBtSEJG6BxjT2tUZqE8PcVYgk3RHpgxgHDCQxNbLJf7ardf1dDk2oCQ7Cf",
        "Ky1YjoZNgQ196HJV3HpdkecfhRBmRZdMJk89Hi5KGfpfPwS2bUbfd",
        "2A1q1YsMZowabbvta7kTy2Fd6qN4r5ZCeG3qLpvZBMzCixMUdkN2Y4dHB1wPsZAeVXUGD83MfRED",
    ];

    /// BIP-173 and BIP-350, "Test vectors": main net.
    const SEGWIT: &[&str] = &[
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
        "BC1SW50QGDZ25J",
        "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    ];

    /// From the same lists: test nets, invalid ones, and what BIP-173 held valid before BIP-350.
    const NOT_SEGWIT: &[&str] = &[
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
        "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
        "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7k7grplx",
        "BC1SW50QA3JX3S",
        "bc1zw508d6qejxtdg4y5r3zarvaryvg6kdaj",
        "tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2",
        "bc1rw5uspcuh",
        "bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90",
        "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7",
        "bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv",
        "bc1gmk9yu",
        "tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf",
        "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
        "tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47",
        "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
        "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
        "bc1pw5dgrnzv",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
        "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
        "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j",
        "bcrt1qjh3dnrafy8f2zszh5sdqn6c3ycfljh930yza9nt72v30dkw8mlvscn82zx",
    ];

    #[test]
    fn base58_addresses() {
        for address in ADDRESSES {
            let found = identifiers(&format!("bitcoin:{address}?amount=1"));
            assert_eq!(found.len(), 1, "{address}");
            assert_eq!(
                (found[0].kind, found[0].value.as_str(), found[0].verified),
                (Kind::Bitcoin, *address, true)
            );
            assert_eq!(found[0].range, 8..8 + address.len());
        }
    }

    #[test]
    fn segwit_addresses() {
        for address in SEGWIT {
            for written in [address.to_lowercase(), address.to_uppercase()] {
                let found = identifiers(&format!("({written})"));
                assert_eq!(found.len(), 1, "{address}");
                assert_eq!((found[0].kind, found[0].value.clone()), (Kind::Bitcoin, address.to_lowercase()));
            }
        }
    }

    #[test]
    fn keys_test_nets_and_broken_ones_are_none() {
        for word in [KEYS_AND_TEST_NETS, INVALID, NOT_SEGWIT].concat() {
            assert_eq!(identifiers(word), [], "{word}");
        }
    }

    /// The last `1` ends the name of the net, so a net may be called `bc1a`.
    #[test]
    #[expect(clippy::unwrap_used, reason = "tests")]
    fn other_nets_are_none() {
        for (net, expected) in [("bc", 1), ("bc1a", 0), ("bcrt", 0)] {
            let address = bech32::segwit::encode_v0(bech32::Hrp::parse(net).unwrap(), &[7; 20]).unwrap();
            assert_eq!(identifiers(&address).len(), expected, "{address}");
        }
    }
}
