using System.Diagnostics.Metrics;
using Inventory.Contracts.Stocks;
using Inventory.Relay.Reconciliation;
using Inventory.Tests.Tools.Verification;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Inventory.Tests.Relay.Reconciliation;

/// <summary>Over a real Postgres and a real Cassandra that hold the same rows.</summary>
public sealed class ReconcilerTests(TwoStores stores) : IClassFixture<TwoStores>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_still_missing_when_its_time_is_over_is_drift_of_both_tables()
    {
        var key = new StockKey(7_000_000, 1);
        await stores.WritePostgresAsync(key, TwoStores.LevelOf(key));
        try
        {
            Assert.Equal(
                ["missing stocks", "missing stocks_by_item"], await StepTwiceAsync(TimeSpan.Zero, () => Task.CompletedTask));
        }
        finally
        {
            await stores.HealAsync(key);
        }
    }

    [Fact]
    public async Task What_arrives_in_its_time_is_not_drift()
    {
        var key = new StockKey(7_000_001, 1);
        await stores.WritePostgresAsync(key, TwoStores.LevelOf(key));

        Assert.Empty(await StepTwiceAsync(
            TimeSpan.FromMilliseconds(1),
            () => stores.Cassandra.WriteAsync(key, TwoStores.LevelOf(key), Cancellation).AsTask()));
    }

    [Fact]
    public async Task Bug_A_row_that_cannot_be_read_is_drift_and_keeps_no_other_from_being_compared()
    {
        var (bad, missing) = (TwoStores.KeyAt(30), new StockKey(7_000_002, 1));
        await stores.HealAsync(bad);
        var above = (await stores.Cassandra.ReadAsync(bad, Cancellation))!.Value.Version + 1;
        foreach (var table in new[] { "stocks", "stocks_by_item" })
        {
            await stores.CqlAsync(
                $"DELETE version FROM {stores.Name}.{table} USING TIMESTAMP {above} "
                + $"WHERE vendor_item_id = {bad.VendorItemId} AND fulfillment_center_id = {bad.FulfillmentCenterId}");
        }

        await stores.WritePostgresAsync(missing, TwoStores.LevelOf(missing));
        try
        {
            Assert.Equal(
                ["missing stocks", "missing stocks_by_item", "unreadable stocks", "unreadable stocks_by_item"],
                await StepTwiceAsync(TimeSpan.Zero, () => Task.CompletedTask));
        }
        finally
        {
            await stores.HealAsync(bad);
            await stores.HealAsync(missing);
        }
    }

    [Fact]
    public async Task Bug_The_highest_key_of_all_does_not_end_comparing()
    {
        var key = new StockKey(long.MaxValue, int.MaxValue);
        await stores.WritePostgresAsync(key, new StockLevel(int.MaxValue, 1_700_000_000_000_000, DateTimeOffset.UnixEpoch));
        try
        {
            Assert.Equal(
                ["missing stocks", "missing stocks_by_item"], await StepTwiceAsync(TimeSpan.Zero, () => Task.CompletedTask));
        }
        finally
        {
            await stores.SqlAsync($"DELETE FROM stock WHERE vendor_item_id = {long.MaxValue}");
        }
    }

    [Fact]
    public async Task Equal_stores_have_no_drift() =>
        Assert.Empty(await StepTwiceAsync(TimeSpan.Zero, () => Task.CompletedTask));

    // Starts anywhere, so it takes two rounds to have seen every key for sure; a round is a step and one that wraps.
    private async Task<List<string>> StepTwiceAsync(TimeSpan grace, Func<Task> meanwhile)
    {
        using var telemetry = new ReconciliationTelemetry();
        using var drift = new MeterListener();
        var found = new HashSet<string>(StringComparer.Ordinal);
        drift.InstrumentPublished = (instrument, listener) =>
        {
            if (telemetry.Owns(instrument))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        drift.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
        {
            if (instrument.Name == "inventory.reconciliation.drift")
            {
                var values = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
                found.Add($"{values["inventory.drift.kind"]} {values["db.collection.name"]}");
            }
        });
        drift.Start();
        using var reconciler = new Reconciler(
            new StockTruth(stores.Postgres),
            stores.Cassandra,
            telemetry,
            Options.Create(new ReconciliationOptions { KeysPerSecond = 1_000, Grace = grace }),
            TimeProvider.System,
            NullLogger<Reconciler>.Instance);
        await reconciler.CompareNextAsync(Cancellation);
        await reconciler.CompareNextAsync(Cancellation);
        await reconciler.CompareNextAsync(Cancellation);
        await meanwhile();
        await Task.Delay(grace, Cancellation);
        await reconciler.LookAgainAsync(Cancellation);
        return [.. found.Order(StringComparer.Ordinal)];
    }
}
