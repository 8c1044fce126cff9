using Inventory.Relay.Publishing.Polling;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Inventory.Tests.Relay;

/// <summary>What a polling publisher waits for, on a real server.</summary>
public sealed class OutboxSignalTests(RealServers servers) : IAsyncLifetime
{
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    private TestDatabase _database = null!;
    private OutboxSignal _signal = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(await servers.PostgresAsync());
        _signal = new OutboxSignal(_database.DataSource, NullLogger<OutboxSignal>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _signal.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Bug_a_change_committed_right_before_the_first_listening_waited_for_the_next_notification()
    {
        await _database.ExecuteAsync("NOTIFY outbox");

        await EndsAsync(_signal.WaitAsync(AnHour, Cancellation));
    }

    [Fact]
    public async Task Bug_a_signal_that_lost_its_connection_listened_again_only_after_the_fallback_interval()
    {
        await _signal.WaitAsync(AnHour, Cancellation);
        var waiting = _signal.WaitAsync(AnHour, Cancellation);
        await _database.ExecuteAsync("""
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND query = 'LISTEN outbox'
            """);

        await EndsAsync(waiting);
        await EndsAsync(_signal.WaitAsync(AnHour, Cancellation));
    }

    [Fact]
    public async Task A_notification_from_between_two_waits_ends_the_second()
    {
        await _signal.WaitAsync(AnHour, Cancellation);
        await _database.ExecuteAsync("NOTIFY outbox");

        await EndsAsync(_signal.WaitAsync(AnHour, Cancellation));
    }

    [Fact]
    public async Task A_signal_that_is_disposed_leaves_no_connection_that_listens()
    {
        await using var pool = _database.CreateSingleConnection();
        await using (var signal = new OutboxSignal(pool, NullLogger<OutboxSignal>.Instance))
        {
            await signal.WaitAsync(AnHour, Cancellation);
        }

        await using var channels = pool.CreateCommand("SELECT count(*) FROM pg_listening_channels()");

        Assert.Equal(0L, await channels.ExecuteScalarAsync(Cancellation));
    }

    private static Task EndsAsync(Task waiting) => waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
}
