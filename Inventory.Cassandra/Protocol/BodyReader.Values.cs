using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Inventory.Cassandra.Errors;

namespace Inventory.Cassandra.Protocol;

/// <summary>Column values (section 6): each a [bytes] whose size its type fixes.</summary>
internal ref partial struct BodyReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadIntValue(out int value)
    {
        value = 0;
        if (!TryReadBytes(out var bytes))
        {
            return false;
        }

        CheckSize(bytes, sizeof(int));
        value = BinaryPrimitives.ReadInt32BigEndian(bytes);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadLongValue(out long value)
    {
        value = 0;
        if (!TryReadBytes(out var bytes))
        {
            return false;
        }

        CheckSize(bytes, sizeof(long));
        value = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return true;
    }

    /// <summary>Like <see cref="TryReadIntValue"/>, but an empty value, which Cassandra takes for any number, is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadIntOrEmpty(out int value)
    {
        value = 0;
        if (!TryReadBytes(out var bytes) || bytes.IsEmpty)
        {
            return false;
        }

        CheckSize(bytes, sizeof(int));
        value = BinaryPrimitives.ReadInt32BigEndian(bytes);
        return true;
    }

    /// <inheritdoc cref="TryReadIntOrEmpty"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadLongOrEmpty(out long value)
    {
        value = 0;
        if (!TryReadBytes(out var bytes) || bytes.IsEmpty)
        {
            return false;
        }

        CheckSize(bytes, sizeof(long));
        value = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return true;
    }

    public string? ReadTextValue() => TryReadBytes(out var bytes) ? Text(bytes) : null;

    public Guid? ReadUuidValue()
    {
        if (!TryReadBytes(out var bytes))
        {
            return null;
        }

        CheckSize(bytes, 16);
        return new Guid(bytes, bigEndian: true);
    }

    public IPAddress? ReadInetValue()
    {
        if (!TryReadBytes(out var bytes))
        {
            return null;
        }

        if (bytes.Length is not (4 or 16))
        {
            throw new CassandraProtocolException($"An internet address has {bytes.Length} bytes.");
        }

        return new IPAddress(bytes);
    }

    /// <summary>A list or set of text.</summary>
    public string[] ReadTextSetValue()
    {
        if (!TryReadBytes(out var bytes))
        {
            return [];
        }

        var elements = new BodyReader(bytes);
        var texts = new string[elements.ReadCount(sizeof(int))];
        for (var index = 0; index < texts.Length; index++)
        {
            texts[index] = elements.ReadTextValue() ?? "";
        }

        return texts;
    }

    /// <summary>A map of text to text.</summary>
    public Dictionary<string, string> ReadTextMapValue()
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (TryReadBytes(out var bytes))
        {
            var elements = new BodyReader(bytes);
            for (var count = elements.ReadCount(2 * sizeof(int)); count > 0; count--)
            {
                map[elements.ReadTextValue() ?? ""] = elements.ReadTextValue() ?? "";
            }
        }

        return map;
    }

    /// <summary>[inet]: a size byte, the address, and a port that is ignored (every node listens on the same one).</summary>
    public IPAddress ReadInet()
    {
        var size = ReadByte();
        if (size is not (4 or 16))
        {
            throw new CassandraProtocolException($"An internet address has {size} bytes.");
        }

        var address = new IPAddress(Take(size));
        ReadInt();
        return address;
    }

    private static void CheckSize(ReadOnlySpan<byte> bytes, int expected)
    {
        if (bytes.Length != expected)
        {
            ThrowSize(bytes.Length, expected);
        }
    }

    [DoesNotReturn]
    private static void ThrowSize(int size, int expected) => throw new CassandraProtocolException(
        string.Create(CultureInfo.InvariantCulture, $"A value has {size} bytes instead of {expected}."));
}
