namespace Inventory.Cassandra.Connections;

/// <summary>
/// Bytes that arrived and are not parsed yet. It grows as bytes come in, never on the word of a frame's header, so a
/// lying length costs nothing.
/// </summary>
internal sealed class ReceiveBuffer
{
    private const int InitialSize = 64 * 1024;

    private byte[] _bytes = new byte[InitialSize];
    private int _start;
    private int _end;

    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    public void Consume(int count) => _start += count;

    public void Received(int count) => _end += count;

    /// <summary>Room for more behind what is unread.</summary>
    public Memory<byte> GetFree()
    {
        if (_start == _end)
        {
            _start = _end = 0;
            if (_bytes.Length > InitialSize)
            {
                _bytes = new byte[InitialSize];
            }
        }
        else if (_start > 0)
        {
            Unread.CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }

        if (_end == _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        return _bytes.AsMemory(_end);
    }
}
