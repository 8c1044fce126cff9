using Inventory.Contracts;

namespace Inventory.Tests.EndToEnd;

/// <summary>The dashboard's commands for the stores that the AppHost starts itself.</summary>
[Collection(OneSystem.Name)]
public sealed class EmbeddedStoreTests(RunningSystem system)
{
    public static TheoryData<string> Stores => [ResourceNames.Kafka, ResourceNames.Cassandra, ResourceNames.Postgres];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_store_that_was_stopped_and_started_is_the_same_for_the_services(string store)
    {
        var running = await system.SystemAsync();
        var before = running.ProcessIds(store);

        await running.StopAsync(store);
        await running.StartAsync(store);

        Assert.Empty(before.Intersect(running.ProcessIds(store)));
        await OrderAsync(running);
    }

    [Fact]
    public async Task A_store_is_restarted_by_one_command()
    {
        var running = await system.SystemAsync();
        var before = running.ProcessIds(ResourceNames.Cassandra);

        await running.RestartAsync(ResourceNames.Cassandra);

        Assert.Empty(before.Intersect(running.ProcessIds(ResourceNames.Cassandra)));
        await OrderAsync(running);
    }

    // The services notice a moment later that their connections are gone, and answer 503 meanwhile.
    private async Task OrderAsync(AspireSystem running)
    {
        await Faults.Publishing.Patience.WaitAsync(async () =>
        {
            using var response = await system.SendAsync(HttpMethod.Get, "/api/orders/0197a0c1-0000-7000-8000-000000000001");
            return response.StatusCode == System.Net.HttpStatusCode.NotFound;
        });
        using var gateway = new HttpClient { BaseAddress = running.Endpoints.Gateway };
        await new OrderScenario(gateway, running.Endpoints.Token).RunAsync(
            system.NewItem(), TestContext.Current.CancellationToken);
    }
}
