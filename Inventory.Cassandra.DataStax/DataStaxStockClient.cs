using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Stocks;
using Inventory.Cassandra.Telemetry;
using Inventory.Contracts.Stocks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Driver = global::Cassandra;

namespace Inventory.Cassandra.DataStax;

/// <summary>
/// <c>Cassandra:Client = DataStax</c>: the stock tables through CassandraCSharpDriver, with the statements, options and
/// errors of <see cref="CassandraClient"/>. It has no speculative reads and none of our client's metrics and traces.
/// </summary>
public sealed class DataStaxStockClient : IStockReader, IStockWriter, IHostedService, IHealthCheck, IAsyncDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const int MostStreams = 32_768;

    // Cassandra 2.1.0 leaves the columns' types out of everybody's answers once one client has asked for that: for this
    // driver, which then fails, a statement must not be one that our own client prepares too. A comment makes it another.
    private const string OwnText = "/* DataStax */ ";

    private readonly CassandraConnectionString _connectionString;
    private readonly CassandraOptions _options;
    private readonly StockStatements _statements;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<Session> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _connecting = Task.CompletedTask;
    private Exception? _lastError;

    internal DataStaxStockClient(
        CassandraConnectionString connectionString,
        CassandraOptions options,
        ILogger<DataStaxStockClient> logger,
        TimeProvider time)
    {
        _connectionString = connectionString;
        _options = options;
        _statements = new StockStatements(connectionString.Keyspace, options);
        _logger = logger;
        _time = time;
    }

    /// <summary>Whether the driver holds a node of the local data centre to be up.</summary>
    public bool IsUsable => _ready.Task.IsCompletedSuccessfully && _ready.Task.Result.Cluster.AllHosts().Any(host =>
        host.IsUp && (_connectionString.LocalDatacenter is not { } local || host.Datacenter == local));

    /// <summary>What <c>AddCassandra</c> registers when this client is the choice.</summary>
    internal static void Add(IServiceCollection services, Func<CassandraConnectionString> connectionString)
    {
        services.TryAddSingleton(provider => new DataStaxStockClient(
            connectionString(),
            provider.GetRequiredService<IOptions<CassandraOptions>>().Value,
            provider.GetRequiredService<ILogger<DataStaxStockClient>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IStockReader>(static provider => provider.GetRequiredService<DataStaxStockClient>());
        services.TryAddSingleton<IStockWriter>(static provider => provider.GetRequiredService<DataStaxStockClient>());
        services.AddHostedService(static provider => provider.GetRequiredService<DataStaxStockClient>());
        services.AddHealthChecks().AddCheck<DataStaxStockClient>("cassandra", tags: ["ready"]);
    }

    /// <summary>Connects, and waits until every statement is prepared.</summary>
    public static async Task<DataStaxStockClient> ConnectAsync(
        CassandraConnectionString connectionString,
        CassandraOptions options,
        ILoggerFactory loggerFactory,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var client = new DataStaxStockClient(
            connectionString, options, loggerFactory.CreateLogger<DataStaxStockClient>(), timeProvider);
        try
        {
            await client.StartAsync(cancellationToken);
            await client._ready.Task.WaitAsync(cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins to connect, in the background and for as long as it takes.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _connecting = Task.Run(() => ConnectAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <remarks>The container disposes the client after everything that may still use it has stopped.</remarks>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default) =>
        Task.FromResult(IsUsable ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(NoNode().Message, _lastError));

    public async ValueTask<StockLevel?> ReadAsync(StockKey key, CancellationToken cancellationToken)
    {
        using var rows = await ExecuteAsync(
            _statements.Read, _options.ReadTimeout, null, [key.VendorItemId, key.FulfillmentCenterId], cancellationToken);
        return rows.FirstOrDefault() is { } row ? Level(row, firstColumn: 0) : null;
    }

    public async ValueTask ReadManyAsync(
        ReadOnlyMemory<StockKey> keys,
        Memory<StockLevel?> levels,
        CancellationToken cancellationToken)
    {
        if (keys.Length != levels.Length)
        {
            throw new ArgumentException($"There are {keys.Length} keys and room for {levels.Length} levels.", nameof(levels));
        }

        var reads = new Task<StockLevel?>[keys.Length];
        for (var index = 0; index < reads.Length; index++)
        {
            reads[index] = ReadAsync(keys.Span[index], cancellationToken).AsTask();
        }

        (await Task.WhenAll(reads)).CopyTo(levels);
    }

    public async ValueTask<IReadOnlyList<StockRow>> ReadItemAsync(long vendorItemId, CancellationToken cancellationToken)
    {
        List<StockRow> items = [];
        await foreach (var row in PagesAsync(_statements.ReadItem, _options.ReadTimeout, [vendorItemId], cancellationToken))
        {
            items.Add(new StockRow(new StockKey(vendorItemId, row.GetValue<int>(0)), Level(row, firstColumn: 1)));
        }

        return items;
    }

    public async IAsyncEnumerable<StockRow> ScanAsync(
        StockTable table,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var statement = table == StockTable.Stocks ? _statements.ScanStocks : _statements.ScanStocksByItem;
        await foreach (var row in PagesAsync(statement, _options.ScanTimeout, [], cancellationToken))
        {
            yield return new StockRow(new StockKey(row.GetValue<long>(0), row.GetValue<int>(1)), Level(row, firstColumn: 2));
        }
    }

    public async ValueTask WriteAsync(StockKey key, StockLevel level, CancellationToken cancellationToken)
    {
        object[] values =
        [
            key.VendorItemId, key.FulfillmentCenterId, level.StockCount, level.Version, level.UpdatedAt, level.Version,
        ];
        await Task.WhenAll(
            ExecuteAsync(_statements.WriteStocks, _options.WriteTimeout, null, values, cancellationToken),
            ExecuteAsync(_statements.WriteStocksByItem, _options.WriteTimeout, null, values, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _connecting;
        if (_ready.Task.IsCompletedSuccessfully)
        {
            await (await _ready.Task).Cluster.ShutdownAsync();
        }

        _ready.TrySetCanceled();
        _stopping.Dispose();
    }

    /// <summary>The driver comes back by itself once it was connected, but not when its first attempt failed.</summary>
    private async Task ConnectAsync(CancellationToken stopping)
    {
        var backoff = new Backoff(_options.ReconnectBaseDelay, _options.ReconnectMaxDelay);
        while (!stopping.IsCancellationRequested)
        {
            Driver.Cluster? cluster = null;
            try
            {
                cluster = Build();
                var session = await cluster.ConnectAsync();
                var prepared = await Task.WhenAll(_statements.All.Select(statement => session.PrepareAsync(OwnText + statement.Cql)));
                _ready.SetResult(new Session(cluster, session, prepared));
                Log.Ready(_logger);
                return;
            }
#pragma warning disable CA1031 // This loop is the only way to a first connection: it outlives whatever goes wrong.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _lastError = error;
                var delay = backoff.Next();
                Log.NoContactPoint(_logger, delay, error);
                await (cluster?.ShutdownAsync() ?? Task.CompletedTask);
                await Task.Delay(delay, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Driver.Cluster Build()
    {
        var local = _connectionString.LocalDatacenter;
        var builder = Driver.Cluster.Builder()
            .AddContactPoints(_connectionString.ContactPoints)
            .WithPort(_connectionString.Port)
            .WithMaxProtocolVersion((Driver.ProtocolVersion)_options.MaxProtocolVersion)
            .WithLoadBalancingPolicy(new Driver.TokenAwarePolicy(
                local is null ? new Driver.DCAwareRoundRobinPolicy() : new Driver.DCAwareRoundRobinPolicy(local)))
            .WithReconnectionPolicy(new Driver.ExponentialReconnectionPolicy(
                (long)_options.ReconnectBaseDelay.TotalMilliseconds, (long)_options.ReconnectMaxDelay.TotalMilliseconds))
            .WithRetryPolicy(new IdempotentRetries(_options.MaxRetries))
            .WithSocketOptions(new Driver.SocketOptions()
                .SetTcpNoDelay(true)
                .SetConnectTimeoutMillis((int)_options.ConnectTimeout.TotalMilliseconds))
            .WithPoolingOptions(new Driver.PoolingOptions()
                .SetCoreConnectionsPerHost(Driver.HostDistance.Local, _options.ConnectionsPerNode)
                .SetMaxConnectionsPerHost(Driver.HostDistance.Local, _options.ConnectionsPerNode)
                // It has no queue for those that wait for a stream: they are under way, too.
                .SetMaxRequestsPerConnection(Math.Min(_options.MaxRequestsInFlight + _options.MaxRequestsWaiting, MostStreams))
                .SetHeartBeatInterval((int)_options.HeartbeatInterval.TotalMilliseconds))
            .WithMonitorReporting(false);
        if (_connectionString is { Username: { } username, Password: { } password })
        {
            builder.WithAuthProvider(new Driver.PlainTextAuthProvider(username, password));
        }

        return (_options.Tls.Enabled ? builder.WithSSL(Tls(_options.Tls)) : builder).Build();
    }

    private static Driver.SSLOptions Tls(CassandraTlsOptions options)
    {
        X509Certificate2Collection? authorities = null;
        if (options.CertificateAuthorityPath is { } path)
        {
            authorities = [];
            authorities.ImportFromPemFile(path);
        }

        // None lets the machine choose the version of TLS.
        var tls = new Driver.SSLOptions(
            SslProtocols.None,
            checkCertificateRevocation: false,
            (_, certificate, chain, errors) => authorities is null
                ? errors == SslPolicyErrors.None
                : IsSignedBy(authorities, certificate, chain, errors));
        tls.SetHostNameResolver(address => options.TargetHost ?? address.ToString());
        if (options.ClientCertificatePath is { } own)
        {
            tls.SetCertificateCollection([X509Certificate2.CreateFromPemFile(own, options.ClientKeyPath)]);
        }

        return tls;
    }

    /// <summary>Only the authority is another one: the name, the dates and the purpose count as ever.</summary>
    private static bool IsSignedBy(
        X509Certificate2Collection authorities, X509Certificate? certificate, X509Chain? received, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 server
            || (errors | SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.RemoteCertificateChainErrors)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(received?.ChainPolicy.ExtraStore ?? []);
        return chain.Build(server);
    }

    private async IAsyncEnumerable<Driver.Row> PagesAsync(
        Statement statement,
        TimeSpan timeout,
        object[] values,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[]? pagingState = null;
        do
        {
            using var page = await ExecuteAsync(statement, timeout, pagingState, values, cancellationToken);
            foreach (var row in page)
            {
                yield return row;
            }

            pagingState = page.PagingState;
        }
        while (pagingState is not null);
    }

    /// <summary>The timeout is the caller's, whichever nodes the driver tries meanwhile.</summary>
    private async Task<Driver.RowSet> ExecuteAsync(
        Statement statement, TimeSpan timeout, byte[]? pagingState, object[] values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var session = _ready.Task.IsCompletedSuccessfully ? await _ready.Task : throw NoNode();
        var bound = session.Statements[statement.Index].Bind(values)
            .SetConsistencyLevel((Driver.ConsistencyLevel)statement.Consistency)
            .SetIdempotence(true)
            .SetReadTimeoutMillis((int)timeout.TotalMilliseconds);
        if (statement.PageSize > 0)
        {
            // By itself it would fetch further pages while a thread waits.
            bound.SetPageSize(statement.PageSize).SetAutoPage(false).SetPagingState(pagingState);
        }

        try
        {
            return await session.Driver.ExecuteAsync(bound).WaitAsync(timeout, _time, cancellationToken);
        }
        catch (Exception error) when (error is Driver.DriverException or TimeoutException)
        {
            throw Translate(error);
        }
    }

    private static StockLevel Level(Driver.Row row, int firstColumn)
    {
        try
        {
            return row.GetValue<int?>(firstColumn) is { } count
                && row.GetValue<long?>(firstColumn + 1) is { } version
                && row.GetValue<DateTimeOffset?>(firstColumn + 2) is { } time
                    ? new StockLevel(count, version, time)
                    : throw new CassandraDataException("A stock row has a null column: something else wrote to the table.");
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new CassandraDataException($"A stock row has a time that .NET cannot hold: {error.Message}");
        }
    }

    private CassandraNoNodeException NoNode() => new(
        _ready.Task.IsCompletedSuccessfully
            ? "No node of the local data centre can be reached."
            : $"Not connected to {_connectionString} yet.",
        _lastError);

    private static CassandraException Translate(Exception error) => error switch
    {
        TimeoutException or Driver.OperationTimedOutException => new CassandraTimeoutException(error.Message),
        Driver.BusyPoolException => new CassandraBusyException(error.Message),
        Driver.NoHostAvailableException none => TranslateAll(none),
        Driver.UnavailableException few => new CassandraServerException(
            CassandraErrorCode.Unavailable, few.Message, (CassandraConsistency)few.Consistency, few.AliveReplicas, few.RequiredReplicas),
        Driver.ReadTimeoutException late => Late(CassandraErrorCode.ReadTimeout, late),
        Driver.WriteTimeoutException late => Late(CassandraErrorCode.WriteTimeout, late),
        Driver.ReadFailureException => new CassandraServerException(CassandraErrorCode.ReadFailure, error.Message),
        Driver.WriteFailureException => new CassandraServerException(CassandraErrorCode.WriteFailure, error.Message),
        Driver.OverloadedException => new CassandraServerException(CassandraErrorCode.Overloaded, error.Message),
        Driver.IsBootstrappingException => new CassandraServerException(CassandraErrorCode.IsBootstrapping, error.Message),
        Driver.TruncateException => new CassandraServerException(CassandraErrorCode.TruncateError, error.Message),
        Driver.ServerErrorException => new CassandraServerException(CassandraErrorCode.ServerError, error.Message),
        Driver.UnauthorizedException => new CassandraServerException(CassandraErrorCode.Unauthorized, error.Message),
        Driver.SyntaxError => new CassandraServerException(CassandraErrorCode.SyntaxError, error.Message),
        Driver.QueryValidationException => new CassandraServerException(CassandraErrorCode.Invalid, error.Message),
        _ => new CassandraConnectionException(error.Message, error),
    };

    /// <summary>Why no node was left to try, as far as one of them told.</summary>
    private static CassandraException TranslateAll(Driver.NoHostAvailableException none) =>
        none.Errors.Values.FirstOrDefault(static error => error is Driver.BusyPoolException or Driver.OperationTimedOutException)
            is { } reason
            ? Translate(reason)
            : new CassandraNoNodeException(none.Message, none);

    private static CassandraServerException Late(CassandraErrorCode code, Driver.QueryTimeoutException error) => new(
        code,
        error.Message,
        (CassandraConsistency)error.ConsistencyLevel,
        error.ReceivedAcknowledgements,
        error.RequiredAcknowledgements);

    private sealed record Session(Driver.ICluster Cluster, Driver.ISession Driver, Driver.PreparedStatement[] Statements);

    /// <summary>Every request may be sent again, to the next node: see StockOperation.Recovery.cs.</summary>
    private sealed class IdempotentRetries(int most) : Driver.IExtendedRetryPolicy
    {
        public Driver.RetryDecision OnReadTimeout(
            Driver.IStatement query, Driver.ConsistencyLevel cl, int requiredResponses, int receivedResponses, bool dataRetrieved, int nbRetry) =>
            Decide(nbRetry);

        public Driver.RetryDecision OnWriteTimeout(
            Driver.IStatement query, Driver.ConsistencyLevel cl, string writeType, int requiredAcks, int receivedAcks, int nbRetry) =>
            Decide(nbRetry);

        public Driver.RetryDecision OnUnavailable(
            Driver.IStatement query, Driver.ConsistencyLevel cl, int requiredReplica, int aliveReplica, int nbRetry) =>
            Decide(nbRetry);

        public Driver.RetryDecision OnRequestError(
            Driver.IStatement statement, Driver.Configuration config, Exception ex, int nbRetry) => Decide(nbRetry);

        private Driver.RetryDecision Decide(int retries) => retries < most
            ? Driver.RetryDecision.Retry(null, useCurrentHost: false)
            : Driver.RetryDecision.Rethrow();
    }
}
