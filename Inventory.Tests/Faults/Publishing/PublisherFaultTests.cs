using Inventory.Tests.Servers;
using Npgsql;

namespace Inventory.Tests.Faults.Publishing;

/// <summary>Publishers are killed, paused and cut off while changes go on; both sources keep the same promises.</summary>
public sealed class PublisherFaultTests(RealServers servers)
{
    [Theory]
    [InlineData("Cdc")]
    [InlineData("Polling")]
    public async Task Nothing_is_lost_when_a_publisher_is_killed_between_delivery_report_and_confirmation(string source)
    {
        await using var rig = await PublisherRig.CreateAsync(servers, source);
        var first = await rig.StartPublisherAsync();
        await using var writer = await StockWriter.StartAsync(rig.Database);
        await writer.MoreAsync(100);

        // Without deletion there is no confirmation, either: it comes after.
        var held = await rig.HoldDeletionsAsync();
        var newest = writer.Versions[writer.Keys[0]];
        await Patience.WaitAsync(() => Task.FromResult(rig.ReadTopic().GetValueOrDefault(writer.Keys[0])?.Max() > newest));
        first.Kill();
        await first.Exited;
        await held.DisposeAsync();
        Assert.True(await rig.Database.ScalarAsync<bool>(
            $"SELECT EXISTS (SELECT FROM outbox WHERE vendor_item_id = {writer.Keys[0].VendorItemId} AND version > {newest})"));

        await rig.EndLeasesAsync();
        await rig.StartPublisherAsync();
        await writer.MoreAsync(100);
        await rig.AssertPublishedAsync(writer);
    }

    [Theory]
    [InlineData("Cdc")]
    [InlineData("Polling")]
    public async Task A_publisher_that_wakes_up_after_another_took_over_publishes_and_deletes_nothing(string source)
    {
        await using var rig = await PublisherRig.CreateAsync(servers, source);
        var first = await rig.StartPublisherAsync();
        await using var writer = await StockWriter.StartAsync(rig.Database);
        await writer.MoreAsync(200);
        await rig.WaitUntilPublishingAsync(writer);
        await rig.StartPublisherAsync();
        var owner = await rig.Database.ScalarAsync<Guid>("SELECT owner FROM outbox_leases WHERE partition = 0");

        first.Pause();
        await Patience.WaitAsync(async () => owner != await rig.Database.ScalarAsync<Guid>(
            "SELECT coalesce(owner, $1) FROM outbox_leases WHERE partition = 0", owner));
        await writer.MoreAsync(200);
        first.Resume();
        await writer.MoreAsync(200);

        await rig.AssertPublishedAsync(writer);
        Assert.NotEqual(owner, await rig.Database.ScalarAsync<Guid>("SELECT owner FROM outbox_leases WHERE partition = 0"));
    }

    [Theory]
    [InlineData("Cdc")]
    [InlineData("Polling")]
    public async Task Nothing_is_lost_when_the_server_ends_every_connection_of_the_publisher(string source)
    {
        await using var rig = await PublisherRig.CreateAsync(servers, source);
        var application = new NpgsqlConnectionStringBuilder(rig.Database.ConnectionString);
        await rig.StartPublisherAsync(
            ("ConnectionStrings:inventorydb", $"{application.ConnectionString};Application Name=publisher under test"));
        await using var writer = await StockWriter.StartAsync(rig.Database);
        for (var time = 0; time < 3; time++)
        {
            await writer.MoreAsync(200);
            await Patience.WaitAsync(async () => await rig.Database.ScalarAsync<long>("""
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name IN ('publisher under test', 'inventory-relay replication')
                """) > 0);
        }

        await writer.MoreAsync(200);
        await rig.AssertPublishedAsync(writer);
    }

    [Theory]
    [InlineData("Cdc")]
    [InlineData("Polling")]
    public async Task Transactions_that_commit_out_of_the_order_of_their_ids_lose_nothing(string source)
    {
        await using var rig = await PublisherRig.CreateAsync(servers, source);
        await rig.StartPublisherAsync();
        await using var writer = await StockWriter.StartAsync(rig.Database);
        await rig.WaitUntilPublishingAsync(writer);
        var late = StockWriter.NewKey();
        await using var connection = await rig.Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await StockWriter.AddAsync(connection, late);

        // Whatever came after it is in Kafka, deleted and confirmed before it is committed.
        await writer.MoreAsync(50);
        await writer.StopAsync();
        await rig.WaitUntilPublishedAsync();
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        await rig.AssertPublishedAsync(writer);
        Assert.Equal([1], rig.ReadTopic()[late]);
    }
}
