using System.Text.Json;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

/// <summary>What is too old is found by reading little, however often pages were emptied and filled again.</summary>
public sealed class TrimmingCostTests(RealServers servers) : IAsyncLifetime
{
    private const int Orders = 200_000;

    // The way down three trees of at most three levels, the edge that VACUUM leaves, and the catalogue of a new session.
    private const int FewPages = 200;

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync(await servers.PostgresAsync());

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Bug_A_trim_with_nothing_to_do_read_the_whole_table_once_its_pages_had_been_used_again()
    {
        await InsertAsync("now() - interval '100 days' + each * interval '30 seconds'");
        await _database.ExecuteAsync("VACUUM ANALYZE orders");
        Assert.Equal(Orders / 2, await _database.ScalarAsync<int>($"SELECT trim_commands('30 days', {Orders / 2})"));
        await _database.ScalarAsync<int>($"SELECT trim_commands('30 days', {Orders})");
        await _database.ExecuteAsync("VACUUM ANALYZE orders");
        await InsertAsync("now()");
        await _database.ExecuteAsync("VACUUM ANALYZE orders");
        Assert.InRange(await _database.ScalarAsync<int>("SELECT relpages FROM pg_class WHERE relname = 'orders'"), 2_000, 5_000);

        Assert.InRange(await PagesAsync("SELECT trim_commands('30 days', 1000)"), 1, FewPages);
    }

    private async Task<long> PagesAsync(string sql)
    {
        var text = await _database.ScalarAsync<string>($"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}");
        using var plan = JsonDocument.Parse(text);
        var root = plan.RootElement[0].GetProperty("Plan");
        return root.GetProperty("Shared Hit Blocks").GetInt64() + root.GetProperty("Shared Read Blocks").GetInt64();
    }

    private Task InsertAsync(string placedAt) => _database.ExecuteAsync($"""
        INSERT INTO orders (order_id, request_hash, status, placed_at)
        SELECT gen_random_uuid(), decode(md5('any'), 'hex'), 'placed', {placedAt} FROM generate_series(1, {Orders}) AS each
        """);
}
