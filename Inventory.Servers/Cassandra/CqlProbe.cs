using System.Buffers.Binary;
using System.Net;
using System.Text;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Cassandra;

/// <summary>Asks a node, in version 3 of the native protocol, whether it serves and whether it sees all others.</summary>
internal static class CqlProbe
{
    private const byte Startup = 0x01;
    private const byte Ready = 0x02;
    private const byte Options = 0x05;
    private const byte Supported = 0x06;
    private const byte Query = 0x07;
    private const byte Result = 0x08;
    private const byte ConsistencyAll = 0x05;
    private const int HeaderLength = 9;

    /// <summary>Scans all ranges of a replicated table, which stays empty while nobody traces.</summary>
    private const string ReadEverywhere = "SELECT session_id FROM system_traces.sessions LIMIT 1";

    private static readonly byte[] Version = [0, 1, .. Text("CQL_VERSION"), .. Text("3.0.0")];

    private static readonly byte[] ReadFromAll =
        [0, 0, .. Text(ReadEverywhere), 0, ConsistencyAll, 0 /* no flags */];

    public static async Task<bool> IsServingAsync(IPEndPoint node, CancellationToken cancellationToken)
    {
        using var wire = await Wire.ConnectAsync(node, cancellationToken);
        return await AskAsync(wire, Options, [], cancellationToken) == Supported;
    }

    /// <summary>A read at consistency ALL is refused while the node holds any other to be down.</summary>
    public static async Task<bool> SeesAllNodesAsync(IPEndPoint node, CancellationToken cancellationToken)
    {
        using var wire = await Wire.ConnectAsync(node, cancellationToken);
        return await AskAsync(wire, Startup, Version, cancellationToken) == Ready
            && await AskAsync(wire, Query, ReadFromAll, cancellationToken) == Result;
    }

    /// <returns>The opcode of the answer.</returns>
    private static async Task<byte> AskAsync(
        Wire wire, byte opcode, byte[] body, CancellationToken cancellationToken)
    {
        var frame = new byte[HeaderLength + body.Length];
        frame[0] = 3; // the version; no flags, stream 0
        frame[4] = opcode;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), body.Length);
        body.CopyTo(frame.AsSpan(HeaderLength));
        await wire.SendAsync(frame, cancellationToken);

        var header = await wire.ReadAsync(HeaderLength, cancellationToken);
        _ = await wire.ReadAsync(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)), cancellationToken);
        return header[4];
    }

    private static byte[] Text(string text) => [0, checked((byte)text.Length), .. Encoding.ASCII.GetBytes(text)];
}
