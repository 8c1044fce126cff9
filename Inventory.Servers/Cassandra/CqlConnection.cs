using System.Buffers.Binary;
using System.Net;
using System.Text;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Cassandra;

/// <summary>As much of version 3 of the native protocol as it takes to ask a node how it is.</summary>
internal sealed class CqlConnection : IDisposable
{
    private const byte Version = 3;
    private const byte Startup = 0x01;
    private const byte Options = 0x05;
    private const byte Query = 0x07;
    private const byte NoFlags = 0;
    private const int HeaderLength = 9;

    private static readonly byte[] StartupBody = [0, 1, .. Text("CQL_VERSION"), .. Text("3.0.0")];

    private readonly Wire _wire;

    private CqlConnection(Wire wire) => _wire = wire;

    public static async Task<CqlConnection> ConnectAsync(IPEndPoint node, CancellationToken cancellationToken) =>
        new(await Wire.ConnectAsync(node, cancellationToken));

    public Task<CqlAnswer> AskForOptionsAsync(CancellationToken cancellationToken) =>
        AskAsync(Options, [], cancellationToken);

    /// <summary>Needed once before queries.</summary>
    public Task<CqlAnswer> OpenAsync(CancellationToken cancellationToken) =>
        AskAsync(Startup, StartupBody, cancellationToken);

    public Task<CqlAnswer> QueryAsync(string query, CqlConsistency consistency, CancellationToken cancellationToken)
    {
        // A long string, which has a length of four bytes.
        byte[] body = [0, 0, .. Text(query), 0, (byte)consistency, NoFlags];
        return AskAsync(Query, body, cancellationToken);
    }

    public void Dispose() => _wire.Dispose();

    private async Task<CqlAnswer> AskAsync(byte opcode, byte[] body, CancellationToken cancellationToken)
    {
        // version, flags, stream (2), opcode, length (4)
        byte[] frame = [Version, NoFlags, 0, 0, opcode, 0, 0, 0, 0, .. body];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), body.Length);
        await _wire.SendAsync(frame, cancellationToken);

        var header = await _wire.ReadAsync(HeaderLength, cancellationToken);
        var length = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5));
        return new CqlAnswer(header[4], await _wire.ReadAsync(length, cancellationToken));
    }

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }
}
