using System.Buffers.Binary;
using System.Text;

namespace Inventory.Servers.Kafka;

/// <summary>Reads the primitive types of the Kafka protocol.</summary>
internal ref struct KafkaReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short)));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    public string String() => Encoding.UTF8.GetString(Take(Int16()));

    public void SkipInt32Array() => Take(Int32() * sizeof(int));

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _rest.Length)
        {
            throw new InvalidDataException("The answer of the broker ends too early.");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
