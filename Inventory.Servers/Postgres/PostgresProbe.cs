using System.Buffers.Binary;
using System.Net;
using System.Text;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Postgres;

/// <summary>
/// Begins a session. A server that starts up, recovers or shuts down answers with an error; one that serves asks for
/// the password, and there we hang up.
/// </summary>
internal static class PostgresProbe
{
    private const int ProtocolVersion3 = 3 << 16;
    private const byte AuthenticationRequest = (byte)'R';

    private static readonly byte[] Startup = BuildStartup();

    public static async Task<bool> AsksForPasswordAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        using var wire = await Wire.ConnectAsync(endPoint, cancellationToken);
        await wire.SendAsync(Startup, cancellationToken);
        return (await wire.ReadAsync(1, cancellationToken))[0] == AuthenticationRequest;
    }

    private static byte[] BuildStartup()
    {
        var parameters = Encoding.ASCII.GetBytes($"user\0{PostgresServer.User}\0database\0postgres\0\0");
        var message = new byte[2 * sizeof(int) + parameters.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(sizeof(int)), ProtocolVersion3);
        parameters.CopyTo(message.AsSpan(2 * sizeof(int)));
        return message;
    }
}
