using System.Net;
using Inventory.Contracts.Orders;
using Inventory.Tests.CommandApi;
using Inventory.Tests.Hosting;
using Inventory.Tests.Servers;

namespace Inventory.Tests.Faults.Commits;

/// <summary>The same for orders of one key that share the commit.</summary>
public sealed class LostGroupCommitTests(RealServers servers)
{
    private const int GroupSize = 8;
    private const int Refused = 3;

    [Theory]
    [MemberData(nameof(LostCommitTests.Fates), MemberType = typeof(LostCommitTests))]
    public async Task Orders_that_share_a_commit_take_their_stock_once_and_each_gets_its_own_answer(CommitFate fate)
    {
        await using var rig = await LostCommitRig.StartAsync(
            await servers.PostgresAsync(),
            "--Orders:Lanes=1",
            $"--Orders:QueueLength={GroupSize}",
            "--Orders:MaximumWait=00:01:00");
        var (alone, group) = await GatherAsync(rig, fate);

        var answers = await Task.WhenAll(group.Select(async order =>
        {
            using var response = await order.Sending;
            return (order.Id, Body: await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }));

        // The first order was committed unharmed, the others together.
        Assert.Equal(1, rig.Proxy.Cuts);
        await CommandApiHost.OrderAsync(alone, HttpStatusCode.Created);
        var groups = await GroupsAsync(rig);
        Assert.Equal([1, GroupSize], groups);
        Assert.Equal(LostCommitRig.Opening - 1 - GroupSize, await rig.StockAsync(1));
        Assert.Equal(2 + GroupSize, await rig.Database.ScalarAsync<long>("SELECT count(*) FROM stock_ledger"));
        Assert.Equal(3, await rig.Database.ScalarAsync<long>("SELECT count(*) FROM outbox"));

        // Each answer is that of its own order, and stays it.
        var left = new List<int>();
        foreach (var (id, body) in answers)
        {
            using var again = await CommandApiHost.PlaceAsync(rig.Client, id, new QuantityLine(1, 1, 1));
            Assert.Equal(body, await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            var order = await CommandApiHost.OrderAsync(
                CommandApiHost.PlaceAsync(rig.Client, id, new QuantityLine(1, 1, 1)), HttpStatusCode.Created);
            Assert.Equal(id, order.OrderId);
            left.Add(order.Lines[0].StockCount);
        }

        Assert.Equal(
            Enumerable.Range(LostCommitRig.Opening - 1 - GroupSize, GroupSize), left.Order());
        Assert.Equal(LostCommitRig.Opening - 1 - GroupSize, await rig.StockAsync(1));
    }

    /// <summary>An order that waits for its row, a full queue behind it, and the commit of the queue about to be cut.</summary>
    private static async Task<(
        Task<HttpResponseMessage> Alone,
        (Guid Id, Task<HttpResponseMessage> Sending)[] Group)> GatherAsync(LostCommitRig rig, CommitFate fate)
    {
        var database = rig.Database.DataSource;
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var locking = connection.CreateCommand();
        locking.CommandText = "SELECT 1 FROM stock FOR UPDATE";
        await locking.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var alone = CommandApiHost.PlaceAsync(rig.Client, Guid.NewGuid(), new QuantityLine(1, 1, 1));
        await rig.SomebodyWaitsAsync();
        var sent = Enumerable.Range(0, GroupSize + Refused)
            .Select(_ => Guid.NewGuid())
            .Select(id => (Id: id, Sending: CommandApiHost.PlaceAsync(rig.Client, id, new QuantityLine(1, 1, 1))))
            .ToArray();

        // Those that find the queue full are told at once, which tells that it is.
        var group = sent;
        while (group.Length > GroupSize)
        {
            await Task.WhenAny(group.Select(order => order.Sending));
            group = [.. group.Where(order => !order.Sending.IsCompleted)];
        }

        Assert.Equal(GroupSize, group.Length);
        rig.Proxy.Cut(fate, after: 1);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        if (fate == CommitFate.DeliveredLate)
        {
            await Eventually.IsTrueAsync(() => Task.FromResult(rig.Proxy.Cuts == 1));
            await rig.SomebodyWaitsAsync();
            rig.Proxy.Deliver();
        }

        return (alone, group);
    }

    // The clock of a transaction tells which orders shared it.
    private static async Task<long[]> GroupsAsync(LostCommitRig rig) => await rig.Database.ScalarAsync<long[]>("""
        SELECT array_agg(size ORDER BY size) FROM (SELECT count(*) AS size FROM orders GROUP BY placed_at) AS groups
        """);
}
