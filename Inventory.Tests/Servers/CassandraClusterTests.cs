using Inventory.Servers.Cassandra;
using Inventory.Servers.Java;

namespace Inventory.Tests.Servers;

public sealed class CassandraClusterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_nodes_survive_the_kill_of_one_and_it_comes_back()
    {
        await using var cassandra = await CassandraCluster.StartAsync(
            new CassandraOptions
            {
                Directory = _folder.Path,
                Nodes = 3,
                HeapMegabytes = 256,
                YoungMegabytes = 64,
                JavaArguments = QuickJava.Arguments,
            },
            Cancellation);
        Assert.Equal(["127.0.0.1", "127.0.0.2", "127.0.0.3"], cassandra.ContactPoints);
        using var connection = await CqlQueries.ConnectAsync(cassandra.Nodes[0]);
        await connection.CreateNumbersAsync(cassandra);
        await connection.InsertAsync(1, CqlConsistency.All);

        var victim = cassandra.Nodes[2];
        victim.Process.Kill();
        await victim.Process.Exited;
        await connection.InsertAsync(2, CqlConsistency.Quorum);
        await victim.RestartAsync(Cancellation);
        await cassandra.WaitUntilCompleteAsync(Cancellation);

        using var returned = await CqlQueries.ConnectAsync(victim);
        Assert.True(await returned.HasAsync(1, CqlConsistency.All));
        Assert.True(await returned.HasAsync(2, CqlConsistency.All));
    }

    public void Dispose() => _folder.Dispose();
}
