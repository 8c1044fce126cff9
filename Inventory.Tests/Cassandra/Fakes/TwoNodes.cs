using System.Net.Sockets;

namespace Inventory.Tests.Cassandra.Fakes;

/// <summary>Two scripted nodes of one cluster, on one port as real ones are.</summary>
internal sealed class TwoNodes(FakeNode first, FakeNode second) : IAsyncDisposable
{
    public FakeNode First { get; } = first;

    public FakeNode Second { get; } = second;

    public static async Task<TwoNodes> StartAsync()
    {
        while (true)
        {
            var first = new FakeNode();
            try
            {
                var second = new FakeNode("127.0.0.2", first.EndPoint.Port);
                first.Peers = [second];
                second.Peers = [first];
                return new TwoNodes(first, second);
            }
            catch (SocketException)
            {
                // Somebody has that port on the other address.
                await first.DisposeAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }
}
