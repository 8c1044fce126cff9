namespace Inventory.Cassandra.Connections;

/// <summary>
/// Frames that wait to be sent, back to back. Two arrays change places: callers fill one while the other is on its way
/// to the socket, so that any number of frames leave in one system call.
/// </summary>
/// <remarks>Not safe for several threads: the connection's lock guards it.</remarks>
internal sealed class SendBuffer
{
    private const int InitialSize = 8 * 1024;
    private const int LargestKept = 256 * 1024;

    private byte[] _filling = new byte[InitialSize];
    private byte[] _sending = new byte[InitialSize];

    /// <summary>Bytes waiting.</summary>
    public int Length { get; private set; }

    public Span<byte> GetSpan(int length)
    {
        if (_filling.Length - Length < length)
        {
            Array.Resize(ref _filling, Math.Max(_filling.Length * 2, Length + length));
        }

        return _filling.AsSpan(Length, length);
    }

    public void Advance(int length) => Length += length;

    /// <summary>What is waiting, to be sent before the next call; callers fill the other array from now on.</summary>
    public ReadOnlyMemory<byte> TakeAll()
    {
        (_filling, _sending) = (_sending, _filling);
        var waiting = _sending.AsMemory(0, Length);
        Length = 0;
        if (_filling.Length > LargestKept)
        {
            _filling = new byte[InitialSize];
        }

        return waiting;
    }
}
