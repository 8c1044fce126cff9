namespace Inventory.Tools.Verification;

/// <summary>How a row of Cassandra differs from that of Postgres.</summary>
internal enum DifferenceKind
{
    None,

    /// <summary>Postgres has a row and Cassandra none.</summary>
    Missing,

    /// <summary>Cassandra has a row that Postgres does not know.</summary>
    Unknown,

    /// <summary>A column has no value or one out of range: no reader can make sense of the row.</summary>
    Unreadable,

    /// <summary>A column was not written with the row's version as its timestamp, so that not the version decides what replaces it.</summary>
    ForeignTimestamp,

    /// <summary>The version is older.</summary>
    Behind,

    /// <summary>The version is newer.</summary>
    Ahead,

    /// <summary>The version is the same and the rest is not.</summary>
    Different,
}
