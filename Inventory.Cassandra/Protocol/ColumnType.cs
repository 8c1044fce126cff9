namespace Inventory.Cassandra.Protocol;

/// <summary>The option ids of column types (section 4.2.5.2); those with a value of their own are marked.</summary>
internal enum ColumnType : ushort
{
    /// <summary>Followed by a class name.</summary>
    Custom = 0x0000,
    Ascii = 0x0001,
    Bigint = 0x0002,
    Int = 0x0009,
    Timestamp = 0x000B,
    Uuid = 0x000C,
    Varchar = 0x000D,
    Inet = 0x0010,

    /// <summary>Followed by the type of its elements.</summary>
    List = 0x0020,

    /// <summary>Followed by two types.</summary>
    Map = 0x0021,

    /// <summary>Followed by the type of its elements.</summary>
    Set = 0x0022,

    /// <summary>Followed by a name and the names and types of its fields.</summary>
    UserDefined = 0x0030,

    /// <summary>Followed by the types of its components.</summary>
    Tuple = 0x0031,
}
