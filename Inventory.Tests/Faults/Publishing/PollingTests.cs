using Inventory.Tests.Servers;

namespace Inventory.Tests.Faults.Publishing;

/// <summary>What wakes a polling publisher.</summary>
public sealed class PollingTests(RealServers servers)
{
    [Fact]
    public async Task A_notification_wakes_a_publisher_that_would_not_look_for_an_hour()
    {
        await using var rig = await PublisherRig.CreateAsync(servers, "Polling");
        await rig.StartPublisherAsync(("Relay:PollingInterval", "01:00:00"));
        await using var writer = await StockWriter.StartAsync(rig.Database);
        await rig.WaitUntilPublishingAsync(writer);
        await writer.MoreAsync(50);

        await rig.AssertPublishedAsync(writer);
    }

    [Fact]
    public async Task Without_notifications_a_publisher_looks_by_the_clock()
    {
        await using var rig = await PublisherRig.CreateAsync(servers, "Polling");
        await rig.Database.ExecuteAsync("ALTER TABLE outbox DISABLE TRIGGER outbox_notify");
        await rig.StartPublisherAsync(("Relay:PollingInterval", "00:00:00.2"));
        await using var writer = await StockWriter.StartAsync(rig.Database);
        await writer.MoreAsync(50);

        await rig.AssertPublishedAsync(writer);
    }
}
