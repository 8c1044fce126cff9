using System.Reflection;
using Inventory.Cassandra;
using Inventory.Cassandra.Protocol;
using Inventory.Tests.Cassandra.Fakes;

namespace Inventory.Tests.Cassandra;

/// <summary>What a request leaves on the token of its caller.</summary>
public sealed class CancellationTests
{
    private const BindingFlags AnyMember = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("item")]
    [InlineData("scan")]
    public async Task Bug_A_request_whose_answer_comes_before_it_knows_of_the_token_leaves_nothing_on_it(string request)
    {
        byte[][] row = [FakeFrames.Int(1), FakeFrames.Int(1), FakeFrames.Long(1), FakeFrames.Long(1)];
        row = request == "item" ? row : [FakeFrames.Long(1), .. row];
        await using var node = new FakeNode();
        node.Script = asked => asked.Opcode == Opcode.Execute ? FakeFrames.Rows(asked, row) : null;
        await using var client = await TestClients.ConnectAsync(node);
        using var lasting = new CancellationTokenSource();
        await using var others = lasting.Token.Register(static () => { });

        // Nobody can register while the token is locked, so that the answer comes first.
        var registrations = FieldOf(lasting, "_registrations")!;
        Call(registrations, "EnterLock");
        var asking = Task.Run(AskAsync, Stop);
        await Eventually.IsTrueAsync(() => node.CountOf(Opcode.Execute) == 1);
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().All(static connection => connection.Load == 0));
        await Task.Delay(100, Stop);
        Call(registrations, "ExitLock");
        await asking;

        Assert.Equal(1, Count(registrations));

        async Task AskAsync()
        {
            if (request == "item")
            {
                Assert.Single(await client.ReadItemAsync(1, lasting.Token));
                return;
            }

            await foreach (var read in client.ScanAsync(StockTable.Stocks, lasting.Token))
            {
                Assert.Equal(1, read.Level.StockCount);
            }
        }
    }

    /// <summary>The runtime tells nobody how many there are.</summary>
    private static int Count(object registrations)
    {
        var count = 0;
        for (var node = FieldOf(registrations, "Callbacks"); node is not null; node = FieldOf(node, "Next"))
        {
            count++;
        }

        return count;
    }

    private static object? FieldOf(object owner, string name) =>
        (owner.GetType().GetField(name, AnyMember) ?? throw new MissingFieldException(owner.GetType().FullName, name))
            .GetValue(owner);

    private static void Call(object owner, string name) =>
        (owner.GetType().GetMethod(name, AnyMember) ?? throw new MissingMethodException(owner.GetType().FullName, name))
            .Invoke(owner, null);
}
