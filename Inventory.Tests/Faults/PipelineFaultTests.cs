using Inventory.Contracts;
using Inventory.Tests.EndToEnd;

namespace Inventory.Tests.Faults;

/// <summary>Parts of the pipeline are killed while orders go on; in the end nothing is lost, doubled or out of order.</summary>
[Collection(OneSystem.Name)]
public sealed class PipelineFaultTests(RunningSystem system)
{
    private const int OrdersPerPhase = 60;

    [Fact]
    public Task Nothing_is_lost_when_the_relay_is_killed() => SurviveAsync(running => KilledAsync(running, ResourceNames.Relay));

    [Fact]
    public Task Nothing_is_lost_when_the_broker_is_killed() => SurviveAsync(running => KilledStoreAsync(running, ResourceNames.Kafka));

    [Fact]
    public Task Nothing_is_lost_when_cassandra_is_killed() =>
        SurviveAsync(running => KilledStoreAsync(running, ResourceNames.Cassandra));

    [Fact]
    public Task Nothing_is_lost_or_sold_twice_when_the_command_api_is_killed() =>
        SurviveAsync(running => KilledAsync(running, ResourceNames.CommandApi), sellsMeanwhile: false);

    [Fact]
    public Task Nothing_is_lost_or_sold_twice_when_postgres_is_killed() =>
        SurviveAsync(running => KilledStoreAsync(running, ResourceNames.Postgres), sellsMeanwhile: false);

    [Fact]
    public Task Nothing_is_lost_when_the_relay_is_paused() => SurviveAsync(running =>
    {
        running.Pause(ResourceNames.Relay);
        return Task.FromResult<Func<Task>>(() =>
        {
            running.Resume(ResourceNames.Relay);
            return Task.CompletedTask;
        });
    });

    private async Task SurviveAsync(Func<AspireSystem, Task<Func<Task>>> breakAsync, bool sellsMeanwhile = true)
    {
        var running = await system.SystemAsync();
        await using var load = await OrderLoad.StartAsync(system);

        await load.MoreAsync(OrdersPerPhase);
        var repairAsync = await breakAsync(running);
        if (sellsMeanwhile)
        {
            await load.MoreAsync(OrdersPerPhase);
        }

        await repairAsync();
        await load.MoreAsync(OrdersPerPhase);
        await load.StopAsync();

        foreach (var (key, stockCount, version) in load.Expected)
        {
            var stock = await system.ReadAsync(key, version);
            Assert.Equal((stockCount, version), (stock.StockCount, stock.Version));
        }

        AssertOrder(running, load);
        await system.VerifyAsync();
    }

    private static async Task<Func<Task>> KilledAsync(AspireSystem running, string service)
    {
        await running.KillAsync(service);
        return () => running.StartAsync(service);
    }

    private static async Task<Func<Task>> KilledStoreAsync(AspireSystem running, string store)
    {
        await running.KillStoreAsync(store);
        return () => running.StartAsync(store);
    }

    // What is sent again after a crash may repeat a stretch, but a new version never comes before an older new one, and
    // the last message of a key is its newest: compaction keeps that one.
    private static void AssertOrder(AspireSystem running, OrderLoad load)
    {
        var topic = TopicReader.ReadVersions(running.BootstrapServers);
        foreach (var (key, _, version) in load.Expected)
        {
            var firstSeen = topic[key].Distinct().ToList();
            Assert.Equal(firstSeen.Order(), firstSeen);
            Assert.Equal(version, topic[key][^1]);
        }
    }
}
