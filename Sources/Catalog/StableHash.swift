/// A hash of some bytes that is the same in every process, on every host and in every version.
public enum StableHash {
  /// The hash: FNV-1a, finished like MurmurHash3, since FNV-1a mixes the last bytes too little.
  public static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    let once = (hash ^ hash >> 33) &* 0xff51_afd7_ed55_8ccd
    let twice = (once ^ once >> 33) &* 0xc4ce_b9fe_1a85_ec53
    return twice ^ twice >> 33
  }
}
