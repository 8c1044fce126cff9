namespace Inventory.Cassandra.Protocol;

/// <summary>What the frame's flags put in front of the body proper.</summary>
internal ref partial struct BodyReader
{
    private const int TraceIdSize = 16;

    /// <summary>Skips the tracing id, the warnings and the custom payload, in the order of the specification.</summary>
    public void SkipPrefix(FrameFlags flags)
    {
        if ((flags & FrameFlags.Tracing) != FrameFlags.None)
        {
            Skip(TraceIdSize);
        }

        if ((flags & FrameFlags.Warning) != FrameFlags.None)
        {
            for (var count = ReadShort(); count > 0; count--)
            {
                Skip(ReadShort());
            }
        }

        if ((flags & FrameFlags.CustomPayload) != FrameFlags.None)
        {
            for (var count = ReadShort(); count > 0; count--)
            {
                Skip(ReadShort());
                TryReadBytes(out _);
            }
        }
    }
}
