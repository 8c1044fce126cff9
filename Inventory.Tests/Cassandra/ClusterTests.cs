using Inventory.Cassandra;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Cassandra.Fakes;

namespace Inventory.Tests.Cassandra;

/// <summary>Several nodes: who is asked, who is asked next, and what events do.</summary>
public sealed class ClusterTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_overloaded_node_costs_a_retry_on_another_and_no_read()
    {
        await using var cluster = await TwoNodes.StartAsync();
        cluster.Second.Script = static request => request.Opcode == Opcode.Execute
            ? FakeFrames.Error(request, CassandraErrorCode.Overloaded)
            : null;
        await using var client = await TestClients.ConnectAsync(cluster.First);
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == 2);
        for (var item = 1; item <= 40; item++)
        {
            Assert.Equal(FakeNode.Level, await client.ReadAsync(new StockKey(item, 1), Stop));
        }

        Assert.NotEqual(0, cluster.Second.CountOf(Opcode.Execute));
    }

    [Fact]
    public async Task A_node_that_dies_costs_no_read_while_another_lives()
    {
        await using var cluster = await TwoNodes.StartAsync();
        cluster.Second.Script = static request => request.Opcode == Opcode.Execute ? FakeReply.Nothing : null;
        await using var client = await TestClients.ConnectAsync(cluster.First);
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == 2);
        var reads = Enumerable.Range(1, 40)
            .Select(item => client.ReadAsync(new StockKey(item, 1), Stop).AsTask())
            .ToArray();
        await Eventually.IsTrueAsync(() => cluster.Second.CountOf(Opcode.Execute) >= 10);
        await cluster.Second.DisposeAsync();
        Assert.All(await Task.WhenAll(reads), static level => Assert.Equal(FakeNode.Level, level));
    }

    [Fact]
    public async Task A_read_that_is_slow_on_one_node_is_answered_by_another()
    {
        await using var cluster = await TwoNodes.StartAsync();
        cluster.Second.Script = static request => request.Opcode == Opcode.Execute ? FakeReply.Nothing : null;
        await using var client = await TestClients.ConnectAsync(cluster.First, static options =>
        {
            options.SpeculativePercentile = 0.99;
            options.SpeculativeMinDelay = TimeSpan.FromMilliseconds(20);
        });
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == 2);
        var reads = Enumerable.Range(1, 60)
            .Select(item => client.ReadAsync(new StockKey(item, 1), Stop).AsTask())
            .ToArray();
        Assert.All(await Task.WhenAll(reads), static level => Assert.Equal(FakeNode.Level, level));
        Assert.NotEqual(0, cluster.Second.CountOf(Opcode.Execute));
    }

    [Fact]
    public async Task A_batch_asks_both_nodes_and_keeps_the_order_of_its_keys()
    {
        await using var cluster = await TwoNodes.StartAsync();
        foreach (var node in new[] { cluster.First, cluster.Second })
        {
            // Each key's level tells which key it is.
            node.Script = static request => request.Opcode == Opcode.Execute
                ? FakeFrames.Level(request, FakeNode.Level with { StockCount = request.Body[^9] })
                : null;
        }

        await using var client = await TestClients.ConnectAsync(cluster.First);
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == 2);
        var keys = Enumerable.Range(1, 100).Select(static item => new StockKey(item, 1)).ToArray();
        var levels = new StockLevel?[100];
        await client.ReadManyAsync(keys, levels, Stop);
        Assert.Equal(Enumerable.Range(1, 100), levels.Select(static level => level!.Value.StockCount));
        Assert.InRange(cluster.Second.CountOf(Opcode.Execute), 10, 90);
    }

    [Fact]
    public async Task A_node_that_joins_is_connected_to_when_the_event_comes()
    {
        await using var cluster = await TwoNodes.StartAsync();
        cluster.First.Peers = [];
        await using var client = await TestClients.ConnectAsync(cluster.First);
        await Eventually.IsTrueAsync(() => cluster.First.Connections.Any(static connection => connection.IsRegistered));
        Assert.Single(client.Cluster.Connections());

        cluster.First.Peers = [cluster.Second];
        await cluster.First.BroadcastAsync(FakeFrames.TopologyEvent(4, cluster.Second.EndPoint.Address));
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == 2);

        cluster.First.Peers = [];
        await cluster.First.BroadcastAsync(FakeFrames.TopologyEvent(4, cluster.Second.EndPoint.Address));
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == 1);
        Assert.Equal(FakeNode.Level, await client.ReadAsync(new StockKey(1, 1), Stop));
    }

    [Fact]
    public async Task Bug_the_first_event_after_a_reconnect_was_lost()
    {
        await using var cluster = await TwoNodes.StartAsync();
        cluster.First.Peers = [];
        await using var client = await TestClients.ConnectAsync(cluster.First);
        await FollowedAsync(cluster.First, looks: 1);
        cluster.First.Drop();
        await FollowedAsync(cluster.First, looks: 2);

        cluster.First.Peers = [cluster.Second];
        await cluster.First.BroadcastAsync(FakeFrames.TopologyEvent(4, cluster.Second.EndPoint.Address));

        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Any(connection =>
            connection.EndPoint.Equals(cluster.Second.EndPoint)));
    }

    [Fact]
    public async Task Bug_a_node_of_which_no_event_told_was_never_found()
    {
        await using var cluster = await TwoNodes.StartAsync();
        cluster.First.Peers = [];
        await using var client = await TestClients.ConnectAsync(
            cluster.First, static options => options.TopologyRefreshInterval = TimeSpan.FromMilliseconds(100));
        await FollowedAsync(cluster.First, looks: 1);

        cluster.First.Peers = [cluster.Second];

        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == 2);
    }

    [Fact]
    public async Task Bug_a_node_that_is_up_and_of_which_nobody_told_that_it_joined_was_not_looked_for()
    {
        await using var cluster = await TwoNodes.StartAsync();
        cluster.First.Peers = [];
        await using var client = await TestClients.ConnectAsync(cluster.First);
        await FollowedAsync(cluster.First, looks: 1);

        cluster.First.Peers = [cluster.Second];
        await cluster.First.BroadcastAsync(FakeFrames.StatusEvent(4, "UP", cluster.Second.EndPoint.Address));

        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == 2);
    }

    [Fact]
    public async Task A_node_that_is_said_to_be_up_is_not_waited_for()
    {
        await using var cluster = await TwoNodes.StartAsync();
        var refused = RefuseOnce(cluster.Second, Task.CompletedTask);
        await using var client = await TestClients.ConnectAsync(cluster.First, LongRests);
        await refused;
        await Task.Delay(200, Stop);
        Assert.Single(client.Cluster.Connections());

        await cluster.First.BroadcastAsync(FakeFrames.StatusEvent(4, "UP", cluster.Second.EndPoint.Address));
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == 2);
    }

    [Fact]
    public async Task A_node_that_is_said_to_be_up_while_it_still_refuses_is_not_waited_for()
    {
        await using var cluster = await TwoNodes.StartAsync();
        var refusal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var refused = RefuseOnce(cluster.Second, refusal.Task);
        await using var client = await TestClients.ConnectAsync(cluster.First, LongRests);
        await refused;

        await cluster.First.BroadcastAsync(FakeFrames.StatusEvent(4, "UP", cluster.Second.EndPoint.Address));
        await Task.Delay(200, Stop);
        refusal.SetResult();
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == 2);
    }

    /// <summary>Waits until the control connection has registered and then looked at the peers so often.</summary>
    private static Task FollowedAsync(FakeNode node, int looks) => Eventually.IsTrueAsync(() =>
        node.Connections.Any(static connection => connection.IsRegistered)
        && node.Requests.Count(static request =>
            request.Opcode == Opcode.Query && request.Cql.Contains("system.peers", StringComparison.Ordinal)) >= looks);

    /// <summary>The node's next answer, when it may be sent, says that it isn't ready yet; those after it are healthy.</summary>
    private static Task RefuseOnce(FakeNode node, Task mayBeSent)
    {
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        node.Script = request => refused.TrySetResult()
            ? new FakeReply(FakeFrames.Error(request, CassandraErrorCode.IsBootstrapping), mayBeSent)
            : null;
        return refused.Task;
    }

    private static void LongRests(CassandraOptions options)
    {
        options.ReconnectBaseDelay = TimeSpan.FromMinutes(1);
        options.ReconnectMaxDelay = TimeSpan.FromMinutes(1);
    }
}
