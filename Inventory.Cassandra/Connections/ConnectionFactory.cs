using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Cassandra.Telemetry;
using Microsoft.Extensions.Logging;

namespace Inventory.Cassandra.Connections;

/// <summary>Makes connections that are past the handshake, in the newest protocol version that the node speaks.</summary>
internal sealed class ConnectionFactory(
    CassandraConnectionString connectionString,
    CassandraOptions options,
    TimeProvider time,
    CassandraMetrics metrics,
    ILogger logger)
{
    private const byte OldestVersion = 3;

    private readonly ConnectionLimits _limits =
        new(options.MaxRequestsInFlight, options.MaxRequestsWaiting, options.MaxFrameBytes);

    private readonly ConcurrentDictionary<IPEndPoint, byte> _versions = new();
    private readonly TlsConnector? _tls = options.Tls.Enabled ? new TlsConnector(options.Tls) : null;

    public async Task<CqlConnection> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var version = _versions.GetValueOrDefault(endPoint, (byte)options.MaxProtocolVersion);
        while (true)
        {
            try
            {
                var connection = await ConnectAsync(endPoint, version, cancellationToken);
                _versions[endPoint] = version;
                return connection;
            }
            catch (CassandraServerException error) when (version > OldestVersion && IsRefusalOfVersion(error))
            {
                Log.VersionRefused(logger, endPoint, version, --version, error.Message);
            }
        }
    }

    /// <remarks>Cassandra 2.1.0 reports a version it doesn't know as an error of its own, later ones as the client's.</remarks>
    private static bool IsRefusalOfVersion(CassandraServerException error) =>
        error.Code is CassandraErrorCode.ServerError or CassandraErrorCode.ProtocolError;

    private async Task<CqlConnection> ConnectAsync(IPEndPoint endPoint, byte version, CancellationToken cancellationToken)
    {
        var transport = await OpenTransportAsync(endPoint, cancellationToken);
        var connection = new CqlConnection(transport, endPoint, version, _limits, time, metrics);
        try
        {
            connection.Start();
            await StartUpAsync(connection, cancellationToken);
            return connection;
        }
        catch (CassandraConnectionException error) when (error.InnerException is CassandraServerException)
        {
            connection.Dispose();
            throw error.InnerException;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private async Task<ITransport> OpenTransportAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await SocketTransport.ConnectAsync(socket, endPoint, either.Token);
            return _tls is null
                ? new SocketTransport(socket)
                : new StreamTransport(await _tls.AuthenticateAsync(socket, endPoint, either.Token));
        }
        catch (Exception error)
        {
            socket.Dispose();
            if (error is SocketException or IOException or AuthenticationException)
            {
                throw new CassandraConnectionException($"Could not connect to {endPoint}: {error.Message}", error);
            }

            if (error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new CassandraConnectionException($"Could not connect to {endPoint} within {options.ConnectTimeout}.", error);
            }

            throw;
        }
    }

    private async Task StartUpAsync(CqlConnection connection, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(connection, Opcode.Startup, RequestFrame.Startup(), cancellationToken);
        if (answer.Opcode == Opcode.Authenticate)
        {
            await AuthenticateAsync(connection, cancellationToken);
        }
        else if (answer.Opcode != Opcode.Ready)
        {
            throw new CassandraProtocolException($"A {answer.Opcode} came in answer to STARTUP.");
        }
    }

    private async Task AuthenticateAsync(CqlConnection connection, CancellationToken cancellationToken)
    {
        if (connectionString.Username is not { } username || connectionString.Password is not { } password)
        {
            throw new CassandraAuthenticationException($"{connection.EndPoint} asks for credentials; none are configured.");
        }

        try
        {
            var token = RequestFrame.PlainAuthentication(username, password);
            var answer = await AskAsync(connection, Opcode.AuthResponse, token, cancellationToken);
            if (answer.Opcode != Opcode.AuthSuccess)
            {
                throw new CassandraAuthenticationException(
                    $"{connection.EndPoint} answered PLAIN credentials with a {answer.Opcode}: it wants another mechanism.");
            }
        }
        catch (CassandraServerException error)
        {
            throw new CassandraAuthenticationException($"{connection.EndPoint} refused the credentials: {error.Message}", error);
        }
    }

    private Task<ControlAnswer> AskAsync(
        CqlConnection connection,
        Opcode opcode,
        byte[] body,
        CancellationToken cancellationToken) =>
        connection.AskAsync(opcode, body, options.ConnectTimeout, cancellationToken);
}
