using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using Inventory.Contracts.Events;
using Inventory.Relay.Kafka;
using Inventory.Relay.Publishing;
using Inventory.Relay.Publishing.Leases;
using Inventory.Relay.Publishing.Sending;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Inventory.Tests.Relay;

/// <summary>What the window makes of reports in any order, failures among them, which no broker gives at will.</summary>
public sealed class SendWindowTests(RealServers servers) : IAsyncLifetime
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private TestDatabase _database = null!;
    private OutboxLeases _leases = null!;
    private PublisherTelemetry _telemetry = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(await servers.PostgresAsync());
        var clock = new DatabaseClock(TimeProvider.System);
        _leases = new OutboxLeases(_database.DataSource, clock, TimeProvider.System, NullLogger<OutboxLeases>.Instance);
        _telemetry = new PublisherTelemetry(clock);
    }

    public async ValueTask DisposeAsync()
    {
        _telemetry.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public void Whatever_fails_every_row_is_delivered_the_last_of_a_key_last_and_positions_are_told_in_order() =>
        Prop.ForAll(Scripts().ToArbitrary(), script => RunAsync(script).GetAwaiter().GetResult())
            .Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public async Task Nothing_is_sent_under_leases_that_may_end_before_kafka_answers()
    {
        var sender = new ScriptedSender([]);
        await using var window = Open(sender);

        await Assert.ThrowsAsync<LeaseLostException>(() => window.SendAsync(Row(1, 1), Cancellation).AsTask());

        Assert.Empty(sender.Delivered);
    }

    [Fact]
    public async Task A_position_is_not_told_when_another_has_the_lease_under_which_its_row_was_sent()
    {
        await _leases.HoldAsync(OutboxLeases.All, isPolled: false, Cancellation);
        await using var window = Open(new ScriptedSender([]));
        await window.SendAsync(Row(1, 1), Cancellation);
        window.Mark(1);
        await _database.ExecuteAsync("UPDATE outbox_leases SET owner = gen_random_uuid(), token = token + 1");

        await Assert.ThrowsAsync<LeaseLostException>(() => window.SettleAsync(
            Pause,
            (position, _) => throw new InvalidOperationException($"{position} was told."), Cancellation));
    }

    [Fact]
    public async Task What_kafka_says_nothing_of_is_given_up_as_a_whole_before_any_of_it_expires_and_sent_again_in_order()
    {
        await _leases.HoldAsync(OutboxLeases.All, isPolled: false, Cancellation);
        var sender = new SilentSender();
        await using var window = Open(sender);
        using var end = new CancellationTokenSource();
        var settling = window.SettleAsync(Pause, (_, _) => Task.CompletedTask, end.Token);
        foreach (var id in (long[])[1, 2, 3])
        {
            await window.SendAsync(Row(1, id), Cancellation);
        }

        await Task.WhenAny(window.WaitUntilEmptyAsync(Cancellation), settling);
        await end.CancelAsync();

        Assert.Equal([1, 2, 3], sender.GivenUp);
        Assert.True(sender.GivenUpAfter < KafkaDefaults.MessageTimeout, $"Given up after {sender.GivenUpAfter}.");
        Assert.Equal([1, 2, 3], sender.Delivered);
    }

    // Each entry is a row of that item, and whether its first sending fails.
    private async Task RunAsync((int Item, bool Fails)[] script)
    {
        await _leases.HoldAsync(OutboxLeases.All, isPolled: false, Cancellation);
        var rows = script.Select((each, index) => Row(each.Item, index + 1)).ToArray();
        var sender = new ScriptedSender([.. rows.Where((_, index) => script[index].Fails)]);
        var told = new ConcurrentQueue<ulong>();
        await using var window = Open(sender);
        using var end = new CancellationTokenSource();
        var settling = window.SettleAsync(
            Pause,
            (position, _) =>
            {
                // Everything before the position has been delivered by the time that it is told.
                Assert.Empty(rows.Take((int)position).Except(sender.Delivered));
                told.Enqueue(position);
                return Task.CompletedTask;
            },
            end.Token);

        foreach (var row in rows)
        {
            await window.SendAsync(row, Cancellation);
            window.Mark((ulong)row.Id);
        }

        await Task.WhenAny(window.WaitUntilEmptyAsync(Cancellation), settling);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => settling);

        Assert.Equal(told.Order(), told);
        Assert.Equal(rows.Length, (int)(told.LastOrDefault()));
        foreach (var key in sender.Delivered.GroupBy(row => row.Change.ToKey()))
        {
            Assert.Equal(rows.Where(row => row.Change.ToKey() == key.Key).Max(row => row.Id), key.Last().Id);
        }

        Assert.Equal(rows.Select(row => row.Id), sender.Delivered.Select(row => row.Id).Distinct().Order());
    }

    private SendWindow Open(IEventSender sender) => new(
        sender,
        _leases,
        new OutboxRows(_database.DataSource),
        _telemetry,
        new PublisherHeartbeat(TimeProvider.System),
        TimeProvider.System,
        NullLogger<SendWindow>.Instance);

    private static Gen<(int Item, bool Fails)[]> Scripts() =>
        (from item in Gen.Choose(1, 3)
         from fails in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
         select (item, fails)).ArrayOf();

    private static OutboxRow Row(long item, long id) => new(
        id,
        new StockChanged(item, 1, 1, id, DateTimeOffset.UnixEpoch, new(StockChangeCauses.OrderPlaced, Guid.Empty)),
        TraceParent: null,
        DateTimeOffset.UtcNow);

    /// <summary>Reports from other threads; a delivery is counted when it is sent, as a broker appends in that order.</summary>
    private sealed class ScriptedSender(IEnumerable<OutboxRow> failingOnce) : IEventSender
    {
        private readonly ConcurrentDictionary<OutboxRow, bool> _failing = new(failingOnce.Select(row => KeyValuePair.Create(row, true)));

        public bool CanGiveUp => false;

        public ConcurrentQueue<OutboxRow> Delivered { get; } = new();

        public void GiveUp() => throw new InvalidOperationException();

        public void Send(SentRow sent)
        {
            var isDelivered = !_failing.TryRemove(sent.Row!, out _);
            if (isDelivered)
            {
                Delivered.Enqueue(sent.Row!);
            }

            ThreadPool.QueueUserWorkItem(_ => sent.Report(isDelivered));
        }
    }

    /// <summary>Its broker is away until what it holds was given up.</summary>
    private sealed class SilentSender : IEventSender
    {
        private readonly long _began = TimeProvider.System.GetTimestamp();
        private readonly List<long> _held = [];

        public bool CanGiveUp => true;

        public long[] GivenUp { get; private set; } = [];

        public TimeSpan GivenUpAfter { get; private set; }

        public ConcurrentQueue<long> Delivered { get; } = new();

        public void Send(SentRow sent)
        {
            if (GivenUp.Length == 0)
            {
                _held.Add(sent.Row!.Id);
                return;
            }

            Delivered.Enqueue(sent.Row!.Id);
            ThreadPool.QueueUserWorkItem(_ => sent.Report(isDelivered: true));
        }

        public void GiveUp() => (GivenUp, GivenUpAfter) = ([.. _held], TimeProvider.System.GetElapsedTime(_began));
    }
}
