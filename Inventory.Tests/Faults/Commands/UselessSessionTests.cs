using System.Net;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Servers.Postgres;
using Inventory.Tests.CommandApi;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;
using Npgsql;

namespace Inventory.Tests.Faults.Commands;

/// <summary>Sessions that answer but are of no use: a server after a failover, a password that changed, a schema that did.</summary>
public sealed class UselessSessionTests(RealServers servers) : IAsyncLifetime
{
    private const int Crowd = 20;

    private PostgresServer _server = null!;
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await servers.PostgresAsync();
        _database = await TestDatabase.CreateAsync(_server);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Bug_Sessions_that_can_only_read_stayed_in_the_pool_after_a_failover()
    {
        await using var api = await CommandApiHost.StartAsync(_database);
        var order = Guid.NewGuid();
        await ExpectAsync(api, HttpStatusCode.Created);
        await api.PlaceAsync(order, new QuantityLine(1, 1, 1));

        await SetReadOnlyAsync("SET default_transaction_read_only = on");
        await ExpectAsync(api, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(api));
        using (var read = await api.FindAsync(order.ToString()))
        {
            // A server that takes no writes may be one that has not seen the last ones.
            Assert.Equal(HttpStatusCode.ServiceUnavailable, read.StatusCode);
        }

        await SetReadOnlyAsync("RESET default_transaction_read_only");
        await ExpectAsync(api, HttpStatusCode.Created);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(api));
    }

    [Fact]
    public async Task Bug_Commands_failed_at_random_when_only_some_sessions_could_write()
    {
        await using var api = await CommandApiHost.StartAsync(_database);
        await ExpectAsync(api, HttpStatusCode.Created);
        await AdminAsync($"ALTER DATABASE {_database.Name} SET default_transaction_read_only = on");
        await AdminAsync(Terminate);
        using (await api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1)))
        {
            // Whoever comes now gets a session that can only read, and no event ends it.
        }

        await AdminAsync($"ALTER DATABASE {_database.Name} RESET default_transaction_read_only");
        await ExpectAsync(api, HttpStatusCode.Created);
    }

    [Fact]
    public async Task Bug_After_a_password_was_changed_commands_were_a_fault_of_ours()
    {
        var login = $"rotated_{Guid.NewGuid():n}";
        await AdminAsync($"CREATE ROLE {login} LOGIN PASSWORD 'old' IN ROLE inventory_command");
        var connection = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Username = login, Password = "old" };
        await using var api = await CommandApiHost.StartAsync(
            _database, settings: $"--ConnectionStrings:{ResourceNames.Database}={connection.ConnectionString}");
        await ExpectAsync(api, HttpStatusCode.Created);

        await AdminAsync($"ALTER ROLE {login} PASSWORD 'new'");
        await AdminAsync(Terminate);
        await ExpectAsync(api, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(api));

        await AdminAsync($"ALTER ROLE {login} PASSWORD 'old'");
        await ExpectAsync(api, HttpStatusCode.Created);
    }

    [Fact]
    public async Task Bug_A_column_that_was_widened_under_prepared_statements_was_a_fault_of_ours()
    {
        await using var api = await CommandApiHost.StartAsync(_database);
        var order = Guid.NewGuid();
        for (var round = 0; round < 8; round++)
        {
            await ExpectAsync(api, HttpStatusCode.Created);
            await api.PlaceAsync(order, new QuantityLine(1, 1, 1));
            await CommandApiHost.OrderAsync(api.FindAsync(order.ToString()), HttpStatusCode.OK);
        }

        await _database.ExecuteAsync("""
            ALTER TABLE stock ALTER stock_count TYPE bigint, ADD COLUMN note text;
            ALTER TABLE order_lines ALTER quantity TYPE bigint, ADD COLUMN note text;
            CREATE INDEX stock_by_center ON stock (fulfillment_center_id);
            """);

        await ExpectAsync(api, HttpStatusCode.Created);
        await CommandApiHost.OrderAsync(api.FindAsync(order.ToString()), HttpStatusCode.OK);
    }

    private string Terminate => $"""
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_database.Name}'
        """;

    private async Task SetReadOnlyAsync(string change)
    {
        await AdminAsync($"ALTER DATABASE {_database.Name} {change}");
        await AdminAsync(Terminate);
    }

    /// <summary>A crowd of inbounds: as many sessions as the pool has busy ones, each of which must do.</summary>
    private static async Task ExpectAsync(CommandApiHost api, HttpStatusCode expected)
    {
        var responses = await Task.WhenAll(Enumerable.Range(1, Crowd)
            .Select(item => api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(item, 1, 5))));
        Assert.All(responses, response => Assert.Equal(expected, response.StatusCode));
        if (expected == HttpStatusCode.ServiceUnavailable)
        {
            Assert.All(responses, response => Assert.NotNull(response.Headers.RetryAfter));
            await ProblemAssert.IsAsync(responses[0], expected, ProblemCodes.Unavailable);
        }
    }

    private static async Task<HttpStatusCode> ReadyAsync(CommandApiHost api)
    {
        using var response = await api.GetAsync(HealthPaths.Ready);
        return response.StatusCode;
    }

    private async Task AdminAsync(string sql)
    {
        await using var admin = NpgsqlDataSource.Create(_server.ConnectionString);
        await using var command = admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
