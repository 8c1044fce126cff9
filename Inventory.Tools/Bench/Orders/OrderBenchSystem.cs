using System.Globalization;
using System.Net;
using Inventory.Contracts;
using Inventory.Postgres.Migrations;
using Inventory.Servers.Ports;
using Inventory.Servers.Postgres;
using Inventory.Servers.Processes;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Inventory.Tools.Bench.Orders;

/// <summary>One real Postgres with 10,000 items in stock, the command API, and the naive path beside it.</summary>
internal sealed class OrderBenchSystem : IAsyncDisposable
{
    public const int Items = 10_000;

    private const string SeedSql = """
        INSERT INTO stock (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at)
        SELECT item, 1, 2000000000, 1, now() FROM generate_series(1, 10000) AS item
        """;

    // History, as a shop has: an empty table is planned for otherwise, and nobody sells on one for long.
    private const string HistorySql = """
        INSERT INTO orders (order_id, request_hash, status, placed_at)
        SELECT md5(id::text)::uuid, '\x00', 'placed', now() - interval '1 hour' FROM generate_series(1, 100000) AS id;
        INSERT INTO order_lines (order_id, vendor_item_id, fulfillment_center_id, quantity, stock_count, version)
        SELECT md5(id::text)::uuid, 1 + id % 10000, 1, 1, 1, 1 FROM generate_series(1, 100000) AS id;
        INSERT INTO stock_ledger (vendor_item_id, fulfillment_center_id, stock_count, version, quantity, changed_at, cause_type,
                                  cause_id)
        SELECT 1 + id % 10000, 1, 1, id, -1, now() - interval '1 hour', 'order-placed', md5(id::text)::uuid
        FROM generate_series(1, 100000) AS id;
        ANALYZE;
        """;

    private const string BusySql = """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
        """;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly List<IAsyncDisposable> _started = [];

    public NpgsqlDataSource Database { get; private set; } = null!;

    public string Token { get; private set; } = "";

    public OrderService Ours { get; private set; } = null!;

    public OrderService Naive { get; private set; } = null!;

    public static async Task<OrderBenchSystem> StartAsync(
        string folder, Action<string> progress, CancellationToken cancellationToken)
    {
        var system = new OrderBenchSystem();
        try
        {
            await system.StartAllAsync(folder, progress, cancellationToken);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Empties the outbox, because no relay takes it away.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        await WaitUntilIdleAsync(cancellationToken);
        foreach (var sql in (string[])["TRUNCATE outbox", "VACUUM stock"])
        {
            await using var command = Database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Orders whose buyers have hung up are finished all the same, and belong to the turn that began them.</summary>
    public async Task WaitUntilIdleAsync(CancellationToken cancellationToken)
    {
        long busy;
        do
        {
            await Task.Delay(50, cancellationToken);
            await using var command = Database.CreateCommand(BusySql);
            busy = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        while (busy > 0);
    }

    public async Task<long> WalPositionAsync(CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        for (var index = _started.Count - 1; index >= 0; index--)
        {
            await _started[index].DisposeAsync();
        }
    }

    private async Task StartAllAsync(string folder, Action<string> progress, CancellationToken cancellationToken)
    {
        var postgres = Keep(await PostgresServer.StartAsync(
            new()
            {
                Directory = folder,
                Progress = progress,
                // A checkpoint makes the pages after it dearer for whoever comes next: none during a measurement.
                Settings = new Dictionary<string, string> { ["checkpoint_timeout"] = "1h", ["max_wal_size"] = "8GB" },
            },
            cancellationToken));
        Database = Keep(NpgsqlDataSource.Create(postgres.ConnectionString));
        await new Migrator(Database, NullLogger<Migrator>.Instance).MigrateAsync(cancellationToken);
        foreach (var sql in (string[])[SeedSql, HistorySql])
        {
            await using var seed = Database.CreateCommand(sql);
            await seed.ExecuteNonQueryAsync(cancellationToken);
        }

        var tokens = new BenchTokens();
        Token = tokens.Create();
        Ours = await StartAsync(
            folder,
            "command-api",
            "dotnet",
            [CommandApiPath],
            new Dictionary<string, string?>(tokens.Environment)
            {
                [$"ConnectionStrings__{ResourceNames.Database}"] = postgres.ConnectionString,
                ["Logging__LogLevel__Default"] = "Warning",
                // All buyers come with one token.
                ["RateLimits__Clients__PermitsPerSecond"] = "0",
            },
            cancellationToken);
        Naive = await StartAsync(
            folder,
            "naive-orders",
            Environment.ProcessPath!,
            [.. BenchSystem.OwnArguments, NaiveOrderServer.CommandName],
            new Dictionary<string, string?> { [NaiveOrderServer.ConnectionVariable] = postgres.ConnectionString },
            cancellationToken);
    }

    // Everything is built into artifacts/bin/{project}/{configuration}, this program too.
    private static string CommandApiPath
    {
        get
        {
            var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(
                own.Parent!.Parent!.FullName, "Inventory.CommandApi", own.Name, "Inventory.CommandApi.dll");
        }
    }

    private async Task<OrderService> StartAsync(
        string folder,
        string name,
        string program,
        IReadOnlyList<string> arguments,
        Dictionary<string, string?> environment,
        CancellationToken cancellationToken)
    {
        var port = FreePorts.Take(IPAddress.Loopback);
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        environment["ASPNETCORE_URLS"] = address.OriginalString;
        environment["DOTNET_gcServer"] = "0";
        var process = Keep(await ChildProcess.StartAsync(new ChildProcessOptions
        {
            Name = name,
            FileName = program,
            Arguments = arguments,
            Environment = environment,
            WorkingDirectory = name == "command-api" ? Path.GetDirectoryName(CommandApiPath) : null,
            LogFile = Path.Combine(folder, name, $"{name}.log"),
        }));
        await WaitAsync(process, address, cancellationToken);
        return new OrderService(process.ProcessId, new Uri(address, "/orders"));
    }

    private static async Task WaitAsync(ChildProcess process, Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = address };
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (process.HasExited || TimeProvider.System.GetElapsedTime(began) > StartTimeout)
            {
                throw new ToolException($"{process.Name} did not become ready:\n{process.ReadLogTail()}");
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    private T Keep<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Add(started);
        return started;
    }
}
