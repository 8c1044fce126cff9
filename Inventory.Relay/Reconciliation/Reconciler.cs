using Inventory.Cassandra;
using Inventory.Cassandra.Errors;
using Inventory.Contracts.Stocks;
using Microsoft.Extensions.Options;

namespace Inventory.Relay.Reconciliation;

/// <summary>
/// Walks through the keys of Postgres, round and round, and compares each with Cassandra as readers see it. What differs
/// gets a second look when it has had its time to arrive; what differs then is drift, which is counted and logged but not
/// repaired: <c>./inventory verify --repair</c> does that. Rows that Postgres lacks are not met on this walk.
/// </summary>
internal sealed partial class Reconciler(
    StockTruth truth,
    IStockReader cassandra,
    ReconciliationTelemetry telemetry,
    IOptions<ReconciliationOptions> options,
    TimeProvider time,
    ILogger<Reconciler> logger) : BackgroundService
{
    // While there are so many no new ones are looked for: a Cassandra that lacks everything must not fill the memory.
    private const int MaximumSuspects = 10_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Queue<Suspect> _suspects = new();
    private StockKey? _last;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var retryDelay = new RetryDelay();
        while (!stoppingToken.IsCancellationRequested)
        {
            var delay = Interval;
            try
            {
                await CompareNextAsync(stoppingToken);
                await LookAgainAsync(stoppingToken);
                retryDelay.Reset();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is: comparing must not end the relay.
                LogStepFailed(exception);
                delay = retryDelay.Next();
            }

            await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Compares the next keys.</summary>
    internal async Task CompareNextAsync(CancellationToken cancellationToken)
    {
        if (_suspects.Count >= MaximumSuspects)
        {
            return;
        }

        // Not always from the first key on, so that a relay that restarts often reaches the others too.
        _last ??= new StockKey(await RandomItemAsync(cancellationToken), 0);
        var rows = await truth.ReadAfterAsync(_last.Value, options.Value.KeysPerSecond, cancellationToken);
        await Task.WhenAll(rows.Select(row => CompareAsync(row, cancellationToken)));
        telemetry.Compared(rows.Count);
        _last = rows is [.., var last] ? last.Key : default(StockKey);
    }

    /// <summary>Looks again at the rows whose time is over.</summary>
    internal async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        while (_suspects.TryPeek(out var suspect) && time.GetElapsedTime(suspect.SeenAt) >= options.Value.Grace)
        {
            await LookAgainAsync(suspect, cancellationToken);
            _suspects.Dequeue();
        }
    }

    private async Task CompareAsync(StockRow row, CancellationToken cancellationToken)
    {
        foreach (var table in Enum.GetValues<StockTable>())
        {
            if (await ReadAsync(table, row.Key, cancellationToken) is var (copy, isReadable)
                && (!isReadable || !DriftKind.IsEqual(row.Level, copy)))
            {
                telemetry.Late();
                lock (_suspects)
                {
                    _suspects.Enqueue(new Suspect(table, row, time.GetTimestamp()));
                }
            }
        }
    }

    private async Task LookAgainAsync(Suspect suspect, CancellationToken cancellationToken)
    {
        // Cassandra first: read in this order, it can be behind Postgres in a system that works, but never ahead of it.
        var (key, expected) = suspect.Expected;
        var (copy, isReadable) = await ReadAsync(suspect.Table, key, cancellationToken);
        var now = await truth.ReadAsync(key, cancellationToken);
        if (now is { } level && (isReadable ? DriftKind.Of(expected, copy, level) : DriftKind.Unreadable) is { } kind)
        {
            telemetry.Drifted(suspect.Table, kind);
            LogDrift(key, ReconciliationTelemetry.NameOf(suspect.Table), kind, copy?.Version, level.Version);
        }
    }

    // A row that is no level is drift as any other, and must not keep the walk from going on.
    private async ValueTask<(StockLevel? Level, bool IsReadable)> ReadAsync(
        StockTable table, StockKey key, CancellationToken cancellationToken)
    {
        try
        {
            if (table == StockTable.Stocks)
            {
                return (await cassandra.ReadAsync(key, cancellationToken), true);
            }

            var rows = await cassandra.ReadItemAsync(key.VendorItemId, cancellationToken);
            return (rows.Where(row => row.Key == key).Select(row => (StockLevel?)row.Level).FirstOrDefault(), true);
        }
        catch (CassandraDataException)
        {
            return (null, false);
        }
    }

    // Below the highest, as the walk begins behind it; there may be none, and the highest may be 2^63 - 1.
    private async Task<long> RandomItemAsync(CancellationToken cancellationToken) =>
#pragma warning disable CA5394 // Any key will do.
        Random.Shared.NextInt64(await truth.LastItemAsync(cancellationToken));
#pragma warning restore CA5394

    [LoggerMessage(LogLevel.Error, "{Key} has drifted in {Table}: {Kind}, version {Version} and not {Truth}.")]
    private partial void LogDrift(StockKey key, string table, string kind, long? version, long truth);

    [LoggerMessage(LogLevel.Warning, "The reconciler could not compare; it goes on where it was.")]
    private partial void LogStepFailed(Exception exception);
}
