let probe: [UInt8] = PackageResources._001_state_sql
