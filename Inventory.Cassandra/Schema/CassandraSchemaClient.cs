using System.Net;
using System.Net.Sockets;
using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Cassandra.Routing;
using Inventory.Cassandra.Telemetry;
using Microsoft.Extensions.Logging;

namespace Inventory.Cassandra;

/// <summary>One connection to one node, on which statements run one after the other. Needs no keyspace to exist.</summary>
public sealed class CassandraSchemaClient : ICqlSession, IAsyncDisposable
{
    /// <summary>Schema changes touch the disk of every node.</summary>
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromSeconds(30);

    private readonly CqlConnection _connection;
    private readonly CassandraMetrics _metrics;
    private readonly SchemaAgreement _agreement;

    private CassandraSchemaClient(CqlConnection connection, CassandraMetrics metrics, string keyspace, TimeProvider time, ILogger logger)
    {
        _connection = connection;
        _metrics = metrics;
        _agreement = new SchemaAgreement(
            new TopologyReader(connection, keyspace, StatementTimeout), time, logger);
    }

    /// <summary>Connects to the first contact point that answers.</summary>
    public static async Task<CassandraSchemaClient> ConnectAsync(
        CassandraConnectionString connectionString,
        CassandraOptions options,
        ILoggerFactory loggerFactory,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var logger = loggerFactory.CreateLogger<CassandraSchemaClient>();
        var metrics = new CassandraMetrics(timeProvider, static () => []);
        var factory = new ConnectionFactory(connectionString, options, timeProvider, metrics, logger);
        Exception? last = null;
        foreach (var contactPoint in connectionString.ContactPoints)
        {
            try
            {
                foreach (var address in await Dns.GetHostAddressesAsync(contactPoint, cancellationToken))
                {
                    var endPoint = new IPEndPoint(address, connectionString.Port);
                    var connection = await factory.ConnectAsync(endPoint, cancellationToken);
                    return new CassandraSchemaClient(connection, metrics, connectionString.Keyspace, timeProvider, logger);
                }
            }
            catch (Exception error) when (error is CassandraException or SocketException)
            {
                last = error;
            }
        }

        metrics.Dispose();
        throw new CassandraNoNodeException($"None of {connectionString} could be reached: {last?.Message}", last);
    }

    public async Task ExecuteAsync(string cql, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(cql, cancellationToken);
        if (IsSchemaChange(answer))
        {
            await _agreement.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The raw answer, for tests of what the server itself says.</summary>
    internal Task<ControlAnswer> AskAsync(string cql, CancellationToken cancellationToken) => _connection.AskAsync(
        Opcode.Query,
        RequestFrame.Query(cql, CassandraConsistency.One),
        StatementTimeout,
        cancellationToken);

    internal CqlConnection Connection => _connection;

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _metrics.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsSchemaChange(ControlAnswer answer)
    {
        var body = new BodyReader(answer.Body);
        return answer.Opcode == Opcode.Result && (ResultKind)body.ReadInt() == ResultKind.SchemaChange;
    }
}
