using System.Globalization;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Servers;
using Inventory.Tools.Verification;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Inventory.Tests.Tools.Verification;

/// <summary>A database and a keyspace of their own on the real servers, with the same rows in both.</summary>
public sealed class TwoStores(RealServers servers) : IAsyncLifetime
{
    public const int KeyCount = 300;

    // The two tables that verify reads, as the migrations make them.
    private const string Tables = """
        CREATE TABLE stock (
            vendor_item_id bigint, fulfillment_center_id int, stock_count int NOT NULL, version bigint NOT NULL,
            updated_at timestamptz NOT NULL, PRIMARY KEY (vendor_item_id, fulfillment_center_id));
        CREATE TABLE outbox (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, vendor_item_id bigint, fulfillment_center_id int,
            stock_count int, version bigint, updated_at timestamptz, cause_type text, cause_id uuid);
        """;

    private const string UpsertSql = """
        INSERT INTO stock VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (vendor_item_id, fulfillment_center_id)
        DO UPDATE SET stock_count = $3, version = $4, updated_at = $5
        """;

    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, 891, 234, TimeSpan.Zero);

    private CassandraSchemaClient _cql = null!;

    public string Name { get; } = $"verify_{Guid.NewGuid():N}"[..24];

    public string PostgresConnection { get; private set; } = null!;

    public string CassandraConnection { get; private set; } = null!;

    public NpgsqlDataSource Postgres { get; private set; } = null!;

    public CassandraClient Cassandra { get; private set; } = null!;

    public StockInspector Inspector { get; private set; } = null!;

    /// <summary>In no key's way.</summary>
    public static StockKey UnusedKey { get; } = new(9_000_001, 7);

    /// <summary>The level that both stores hold for a key that no test touched; with microseconds, as Postgres has them.</summary>
    public static StockLevel LevelOf(StockKey key) =>
        new((int)(key.VendorItemId % 1_000), 1_700_000_000_000_000 + key.VendorItemId, Start.AddSeconds(key.VendorItemId));

    public static StockKey KeyAt(int index) => new(1 + (index / 3), 1 + (index % 3));

    public async ValueTask InitializeAsync()
    {
        var postgres = await servers.PostgresAsync();
        await using (var server = NpgsqlDataSource.Create(postgres.ConnectionString))
        {
            await ExecuteAsync(server, $"CREATE DATABASE {Name}");
        }

        PostgresConnection = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = Name, MaxPoolSize = 10 }.ConnectionString;
        Postgres = NpgsqlDataSource.Create(PostgresConnection);
        await ExecuteAsync(Postgres, Tables);

        var cluster = await servers.CassandraAsync();
        CassandraConnection = string.Create(
            CultureInfo.InvariantCulture,
            $"Contact Points={string.Join(',', cluster.ContactPoints)};Port={cluster.Port};Local Datacenter={cluster.LocalDatacenter};Default Keyspace={Name}");
        var connection = CassandraConnectionString.Parse(CassandraConnection);
        var options = new CassandraOptions();
        _cql = await CassandraSchemaClient.ConnectAsync(connection, options, NullLoggerFactory.Instance, TimeProvider.System, default);
        await CassandraSchema.EnsureAsync(_cql, Name, new Dictionary<string, int> { [cluster.LocalDatacenter] = 1 }, default);
        Cassandra = await CassandraClient.ConnectAsync(connection, options, NullLoggerFactory.Instance, TimeProvider.System, default);
        Inspector = await StockInspector.ConnectAsync(connection, options, NullLoggerFactory.Instance, TimeProvider.System, default);
        await Task.WhenAll(Enumerable.Range(0, KeyCount).Select(index => WriteBothAsync(KeyAt(index), LevelOf(KeyAt(index)))));
    }

    public async ValueTask DisposeAsync()
    {
        await (Inspector?.DisposeAsync() ?? default);
        await (Cassandra?.DisposeAsync() ?? default);
        await (_cql?.DisposeAsync() ?? default);
        await (Postgres?.DisposeAsync() ?? default);
    }

    public Task CqlAsync(string statement) => _cql.ExecuteAsync(statement, TestContext.Current.CancellationToken);

    public Task SqlAsync(string statement) => ExecuteAsync(Postgres, statement);

    public async Task WriteBothAsync(StockKey key, StockLevel level)
    {
        await WritePostgresAsync(key, level);
        await Cassandra.WriteAsync(key, level, CancellationToken.None);
    }

    public async Task WritePostgresAsync(StockKey key, StockLevel level)
    {
        await using var command = Postgres.CreateCommand(UpsertSql);
        object[] values = [key.VendorItemId, key.FulfillmentCenterId, level.StockCount, level.Version, level.UpdatedAt];
        Array.ForEach(values, value => command.Parameters.Add(new() { Value = value }));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Makes both stores agree on a key again, whatever a test did to it.</summary>
    public Task HealAsync(StockKey key) => WriteBothAsync(key, LevelOf(key) with { Version = VersionBounds.MicrosecondsOf(DateTimeOffset.UtcNow) });

    internal Task<VerifyResult> VerifyAsync(TimeSpan patience, bool repair)
    {
        var postgres = new PostgresStock(Postgres);
        var verifier = new Verifier(postgres, Inspector, new SilentDisplay(), TimeProvider.System, patience)
        {
            RepairAsync = repair
                ? (check, difference, token) =>
                    new StockRepair(Postgres, postgres, Cassandra, check, TimeProvider.System).RunAsync(difference, token)
                : null,
        };
        return verifier.RunAsync(TestContext.Current.CancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
