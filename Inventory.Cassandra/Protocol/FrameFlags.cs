namespace Inventory.Cassandra.Protocol;

/// <summary>Bits of a frame's second byte. All but compression put something in front of the body.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,
    Compressed = 0x01,
    Tracing = 0x02,
    CustomPayload = 0x04,
    Warning = 0x08,
}
