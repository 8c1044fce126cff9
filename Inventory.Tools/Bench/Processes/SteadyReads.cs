using Inventory.Cassandra;

namespace Inventory.Tools.Bench.Processes;

/// <summary>Has a node answer a read every so often, for as long as it lives.</summary>
internal sealed class SteadyReads : IAsyncDisposable
{
    private readonly CassandraClient _client;
    private readonly PeriodicTimer _timer;
    private readonly Task _reading;

    public SteadyReads(CassandraClient client, TimeSpan period)
    {
        _client = client;
        _timer = new PeriodicTimer(period);
        _reading = ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _reading;
    }

    private async Task ReadAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            await _client.ReadAsync(BenchSystem.SeededKey(0), CancellationToken.None);
        }
    }
}
