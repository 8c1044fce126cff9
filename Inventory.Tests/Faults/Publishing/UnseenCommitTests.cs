using Inventory.Contracts.Stocks;
using Inventory.Servers.Postgres;
using Inventory.Tests.Servers;
using Npgsql;

namespace Inventory.Tests.Faults.Publishing;

/// <summary>
/// The log has a commit before anybody sees what it committed. Here for long: these servers wait for a standby that never
/// comes, on behalf of whoever asks for its word.
/// </summary>
public sealed class UnseenCommitTests(RealServers servers)
{
    private readonly StockKey _late = StockWriter.NewKey();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_that_is_streamed_before_it_can_be_seen_is_deleted_once_it_can_be()
    {
        await using var postgres = await StartPostgresAsync("unseen-in-stream");
        await using var rig = await PublisherRig.CreateAsync(servers, "Cdc", postgres);
        await rig.StartPublisherAsync();
        await using var writer = await StockWriter.StartAsync(rig.Database);
        await rig.WaitUntilPublishingAsync(writer);
        await using var connection = await rig.Database.DataSource.OpenConnectionAsync(Stop);

        var committing = CommitUnseenAsync(connection);
        await AssertPublishedUnseenAsync(rig);
        await LetBeSeenAsync(rig, connection, committing);

        await rig.AssertPublishedAsync(writer);
        Assert.Equal([1], rig.ReadTopic()[_late]);
    }

    [Fact]
    public async Task A_row_that_only_the_snapshot_of_a_new_slot_sees_is_deleted_once_everybody_does()
    {
        await using var postgres = await StartPostgresAsync("unseen-in-table");
        await using var rig = await PublisherRig.CreateAsync(servers, "Cdc", postgres);
        await using var writer = await StockWriter.StartAsync(rig.Database);
        await using var connection = await rig.Database.DataSource.OpenConnectionAsync(Stop);

        // A slot in the making waits first for those that run when it begins, then for those that run when that is over.
        await using var first = await OpenTransactionAsync(rig);
        await rig.StartPublisherAsync();
        await WaitUntilWaitedForAsync(rig, first);
        await using var second = await OpenTransactionAsync(rig);
        await first.DisposeAsync();
        await WaitUntilWaitedForAsync(rig, second);
        var committing = CommitUnseenAsync(connection);
        await Patience.WaitAsync(async () => await rig.Database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") == 1);
        await second.DisposeAsync();
        await AssertPublishedUnseenAsync(rig);
        await LetBeSeenAsync(rig, connection, committing);

        await rig.AssertPublishedAsync(writer);
        Assert.Equal([1], rig.ReadTopic()[_late]);
    }

    private static async Task<NpgsqlConnection> OpenTransactionAsync(PublisherRig rig)
    {
        var connection = await rig.Database.DataSource.OpenConnectionAsync(Stop);
        await new NpgsqlCommand("BEGIN; SELECT pg_current_xact_id()", connection).ExecuteNonQueryAsync(Stop);
        return connection;
    }

    private static Task WaitUntilWaitedForAsync(PublisherRig rig, NpgsqlConnection transaction) => Patience.WaitAsync(
        async () => await rig.Database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))", transaction.ProcessID) > 0);

    private async Task CommitUnseenAsync(NpgsqlConnection connection)
    {
        await new NpgsqlCommand("SET synchronous_commit = on", connection).ExecuteNonQueryAsync(Stop);
        await StockWriter.AddAsync(connection, _late);
    }

    private async Task AssertPublishedUnseenAsync(PublisherRig rig)
    {
        await Patience.WaitAsync(() => Task.FromResult(rig.ReadTopic().ContainsKey(_late)));

        // For the deletions that find nothing.
        await Task.Delay(300, Stop);
        Assert.Equal(0, await rig.Database.ScalarAsync<long>(
            "SELECT count(*) FROM stock WHERE vendor_item_id = $1", _late.VendorItemId));
    }

    /// <summary>Whoever is tired of waiting for the standby has committed all the same.</summary>
    private static async Task LetBeSeenAsync(PublisherRig rig, NpgsqlConnection connection, Task committing)
    {
        await rig.Database.ExecuteAsync($"SELECT pg_cancel_backend({connection.ProcessID})");
        await committing;
    }

    private Task<PostgresServer> StartPostgresAsync(string folder) => PostgresServer.StartAsync(
        new()
        {
            Directory = Path.Combine(servers.Folder, folder),
            Settings = new Dictionary<string, string>
            {
                ["synchronous_standby_names"] = "absent",
                ["synchronous_commit"] = "local",
            },
        },
        Stop);
}
