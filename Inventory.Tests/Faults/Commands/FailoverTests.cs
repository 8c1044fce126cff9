using System.Net;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Contracts.Orders;
using Inventory.Servers.Postgres;
using Inventory.Tests.CommandApi;
using Inventory.Tests.Hosting;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;
using Npgsql;

namespace Inventory.Tests.Faults.Commands;

/// <summary>A primary and a real hot standby of it.</summary>
public sealed class FailoverTests(RealServers servers) : IAsyncLifetime
{
    private const int Crowd = 20;

    private readonly string _folder = Path.Combine(servers.Folder, $"failover-{Guid.NewGuid():n}");
    private PostgresServer _primary = null!;
    private PostgresServer _standby = null!;
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _primary = await PostgresServer.StartAsync(new() { Directory = Path.Combine(_folder, "primary") }, cancellation);
        _database = await TestDatabase.CreateAsync(_primary);
        _standby = await PostgresServer.StartAsync(
            new() { Directory = Path.Combine(_folder, "standby"), StandbyOf = _primary }, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _standby.DisposeAsync();
        await _primary.DisposeAsync();
    }

    [Fact]
    public async Task Commands_go_on_with_the_standby_that_was_promoted_and_meanwhile_are_told_to_come_again()
    {
        await using var api = await StartAsync($"127.0.0.1:{_standby.Port},127.0.0.1:{_primary.Port}", "primary");
        Assert.All(await ReceiveAsync(api), status => Assert.Equal(HttpStatusCode.Created, status));
        await Eventually.IsTrueAsync(async () => await OnStandbyAsync<long>("SELECT count(*) FROM inbounds") == Crowd);

        _primary.Process.Kill();
        await _primary.Process.Exited;
        Assert.All(await ReceiveAsync(api), status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));

        Assert.True(await OnStandbyAsync<bool>("SELECT pg_promote()"));
        await Eventually.IsTrueAsync(async () =>
        {
            var statuses = await ReceiveAsync(api);
            Assert.DoesNotContain(HttpStatusCode.InternalServerError, statuses);
            return statuses.All(status => status == HttpStatusCode.Created);
        });
        using var ready = await api.GetAsync(HealthPaths.Ready);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public async Task Bug_A_standby_was_ready_and_what_it_had_not_seen_yet_was_told_to_be_unknown()
    {
        await using var api = await StartAsync($"127.0.0.1:{_standby.Port}", target: null);

        Assert.All(await ReceiveAsync(api), status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        foreach (var path in (string[])[HealthPaths.Ready, $"/orders/{Guid.NewGuid()}", "/stocks/1/1/ledger"])
        {
            using var response = await api.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }
    }

    private Task<CommandApiHost> StartAsync(string hosts, string? target)
    {
        var connection = new NpgsqlConnectionStringBuilder(_database.ConnectionString)
        {
            Host = hosts,
            TargetSessionAttributes = target,
        };
        return CommandApiHost.StartAsync(
            _database, settings: $"--ConnectionStrings:{ResourceNames.Database}={connection.ConnectionString}");
    }

    private static Task<HttpStatusCode[]> ReceiveAsync(CommandApiHost api) =>
        Task.WhenAll(Enumerable.Range(1, Crowd).Select(async item =>
        {
            using var response = await api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(item, 1, 5));
            return response.StatusCode;
        }));

    private async Task<T> OnStandbyAsync<T>(string sql)
    {
        var connection = new NpgsqlConnectionStringBuilder(_standby.ConnectionString) { Database = _database.Name };
        await using var standby = NpgsqlDataSource.Create(connection.ConnectionString);
        await using var command = standby.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
