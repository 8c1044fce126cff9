using Inventory.Servers.Postgres;
using Inventory.Tests.Servers;

namespace Inventory.Tests.Faults.Publishing;

/// <summary>What becomes of the slot, and what that does to the changes.</summary>
public sealed class SlotTests(RealServers servers)
{
    private const string ConfirmedSql = """
        SELECT confirmed_flush_lsn >= $1::pg_lsn FROM pg_replication_slots WHERE database = current_database()
        """;

    [Fact]
    public async Task A_lost_slot_is_replaced_and_everything_since_comes_from_the_table()
    {
        await using var postgres = await PostgresServer.StartAsync(
            new()
            {
                Directory = Path.Combine(servers.Folder, "lost-slot"),
                Settings = new Dictionary<string, string> { ["max_slot_wal_keep_size"] = "16MB" },
            },
            TestContext.Current.CancellationToken);
        await using var rig = await PublisherRig.CreateAsync(servers, "Cdc", postgres);
        var first = await rig.StartPublisherAsync();
        await using var writer = await StockWriter.StartAsync(rig.Database);
        await writer.MoreAsync(50);
        await rig.WaitUntilPublishingAsync(writer);

        await first.StopAsync();
        await writer.MoreAsync(100);
        for (var segment = 0; segment < 4; segment++)
        {
            await rig.Database.ExecuteAsync("SELECT pg_switch_wal()");
            await writer.MoreAsync(10);
        }

        await rig.Database.ExecuteAsync("CHECKPOINT");
        Assert.Equal("lost", await rig.Database.ScalarAsync<string>("SELECT wal_status FROM pg_replication_slots"));
        var second = await rig.StartPublisherAsync();
        await writer.MoreAsync(100);

        await rig.AssertPublishedAsync(writer);
        Assert.Contains(
            "gave the slot",
            await File.ReadAllTextAsync(second.Options.LogFile, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.NotEqual("lost", await rig.Database.ScalarAsync<string>("SELECT wal_status FROM pg_replication_slots"));
    }

    [Fact]
    public async Task Changes_from_before_and_during_the_making_of_a_slot_come_once_and_in_order()
    {
        await using var rig = await PublisherRig.CreateAsync(servers, "Cdc");
        await using var writer = await StockWriter.StartAsync(rig.Database);
        await writer.MoreAsync(300);
        await rig.StartPublisherAsync();
        await rig.WaitUntilPublishingAsync(writer);
        await writer.MoreAsync(100);

        await rig.AssertPublishedAsync(writer);
        Assert.All(writer.Keys, key => Assert.Equal(writer.Versions[key], rig.ReadTopic()[key].Count));
    }

    [Fact]
    public async Task A_publisher_that_was_killed_while_it_published_the_table_is_followed_by_one_that_begins_again()
    {
        await using var rig = await PublisherRig.CreateAsync(servers, "Cdc");
        var first = await rig.StartPublisherAsync();
        await using var writer = await StockWriter.StartAsync(rig.Database);
        await rig.WaitUntilPublishingAsync(writer);
        first.Kill();
        await first.Exited;

        // As if it had been: the slot is there and has passed rows that only the table has.
        await writer.MoreAsync(50);
        await rig.Database.ExecuteAsync("""
            UPDATE outbox_slots SET streams_from = NULL;
            SELECT pg_replication_slot_advance(slot_name, pg_current_wal_lsn()) FROM pg_replication_slots
            WHERE database = current_database();
            """);
        await rig.EndLeasesAsync();
        await rig.StartPublisherAsync();
        await writer.MoreAsync(50);

        await rig.AssertPublishedAsync(writer);
    }

    [Fact]
    public async Task A_slot_that_sees_no_changes_does_not_keep_the_log_of_other_tables()
    {
        await using var rig = await PublisherRig.CreateAsync(servers, "Cdc");
        await rig.StartPublisherAsync();
        await using (var writer = await StockWriter.StartAsync(rig.Database))
        {
            await rig.WaitUntilPublishingAsync(writer);
        }

        await rig.Database.ExecuteAsync("""
            CREATE TABLE other AS SELECT generate_series(1, 100000) AS number;
            """);
        var end = await rig.Database.ScalarAsync<string>("SELECT pg_current_wal_lsn()::text");

        await Patience.WaitAsync(() => rig.Database.ScalarAsync<bool>(ConfirmedSql, end));
    }

    [Fact]
    public async Task Change_data_capture_and_polling_follow_each_other_without_a_loss_and_leave_no_slot_behind()
    {
        await using var rig = await PublisherRig.CreateAsync(servers, "Cdc");
        await using var writer = await StockWriter.StartAsync(rig.Database);
        foreach (var source in (string[])["Cdc", "Polling", "Cdc", "Polling"])
        {
            await using var publisher = await rig.StartPublisherAsync(source);
            await writer.MoreAsync(50);
            await rig.WaitUntilPublishingAsync(writer);
            await writer.MoreAsync(50);
        }

        await rig.StartPublisherAsync("Polling");
        await rig.AssertPublishedAsync(writer);
        Assert.Equal(0, await rig.Database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_replication_slots WHERE database = current_database()"));
    }
}
