using System.Threading.Channels;
using Confluent.Kafka;

namespace Inventory.Relay.Projection;

/// <summary>
/// The messages of one partition on their way: a queue, and a few batches of it that are applied side by side. A message
/// that comes while nothing waits is a batch of its own at once; under load a batch is what came meanwhile.
/// </summary>
internal sealed class PartitionLane : IDisposable
{
    /// <summary>What every lane may hold, however many there are.</summary>
    internal const int SmallestCapacity = 1024;

    private const int LargestBatch = 256;

    // So that one slow write does not hold up what comes behind it.
    private const int BatchesInFlight = 4;

    private readonly Channel<TakenMessage> _waiting = Channel.CreateUnbounded<TakenMessage>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly SemaphoreSlim _slots = new(BatchesInFlight);
    private readonly ManualResetEventSlim _room = new(initialState: true);
    private readonly CancellationTokenSource _abandoned = new();
    private readonly Projector _projector;
    private readonly OffsetTracker _offsets;
    private readonly Task _worker;
    private volatile bool _isDraining;
    private int _count;

    /// <param name="partition">Which one.</param>
    /// <param name="projector">Applies the batches.</param>
    /// <param name="store">Gets the offsets up to which everything is in Cassandra.</param>
    public PartitionLane(TopicPartition partition, Projector projector, Action<TopicPartitionOffset> store)
    {
        Partition = partition;
        _projector = projector;
        _offsets = new OffsetTracker(next => store(new TopicPartitionOffset(partition, next)));
        _worker = Task.Run(RunAsync);
    }

    public TopicPartition Partition { get; }

    /// <summary>Set by the poll loop, and for it.</summary>
    public bool IsPaused { get; set; }

    /// <summary>The poll loop, which sets it, stops taking messages of the partition here.</summary>
    public int Capacity { get; set; } = SmallestCapacity;

    public bool IsFull => Volatile.Read(ref _count) >= Capacity;

    public bool HasRoom => Volatile.Read(ref _count) <= Capacity / 4;

    /// <inheritdoc cref="OffsetTracker.Next"/>
    public long? Next => _offsets.Next;

    /// <inheritdoc cref="OffsetTracker.OldestTakenAt"/>
    public DateTimeOffset? OldestTakenAt => _offsets.OldestTakenAt;

    /// <summary>A failure that is nobody's but ours, or null.</summary>
    public Exception? Fault { get; private set; }

    public void Add(TakenMessage message)
    {
        if (Interlocked.Increment(ref _count) >= Capacity)
        {
            _room.Reset();
            SignalRoom();
        }

        _waiting.Writer.TryWrite(message);
    }

    /// <summary>Blocks until the queue has emptied somewhat.</summary>
    /// <returns>Whether it did in time.</returns>
    public bool WaitForRoom(TimeSpan patience) => _room.Wait(patience);

    /// <summary>Takes nothing more up, and completes when what was taken up is in Cassandra and its offset stored.</summary>
    public async Task DrainAsync()
    {
        _isDraining = true;
        _waiting.Writer.TryComplete();
        await _worker;
        for (var slot = 0; slot < BatchesInFlight; slot++)
        {
            await _slots.WaitAsync(_abandoned.Token);
        }
    }

    /// <summary>Lets go of whatever is still under way: its offsets are not stored, so that it comes again.</summary>
    public void Dispose()
    {
        _isDraining = true;
        _offsets.Close();
        _waiting.Writer.TryComplete();
        _abandoned.Cancel();
    }

    private async Task RunAsync()
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(_abandoned.Token) && !_isDraining)
            {
                await _slots.WaitAsync(_abandoned.Token);
                if (!_isDraining && Take() is { Count: > 0 } messages)
                {
                    var last = messages[^1].Result.Offset;
                    _ = ApplyAsync(messages, _offsets.Begin(last.Value + 1, messages[0].TakenAt));
                }
                else
                {
                    _slots.Release();
                }
            }
        }
        catch (OperationCanceledException) when (_abandoned.IsCancellationRequested)
        {
            // Let go.
        }
    }

    private List<TakenMessage> Take()
    {
        var messages = new List<TakenMessage>();
        while (messages.Count < LargestBatch && _waiting.Reader.TryRead(out var message))
        {
            messages.Add(message);
        }

        Interlocked.Add(ref _count, -messages.Count);
        SignalRoom();
        return messages;
    }

    // Twice where it matters, by the adder too: whichever of both comes last sees what the other did.
    private void SignalRoom()
    {
        if (HasRoom)
        {
            _room.Set();
        }
    }

    private async Task ApplyAsync(List<TakenMessage> messages, OpenBatch batch)
    {
        try
        {
            await _projector.ApplyAsync(messages, _abandoned.Token);
            _offsets.Complete(batch);
        }
        catch (OperationCanceledException) when (_abandoned.IsCancellationRequested)
        {
            // Comes again, here or at another member.
        }
#pragma warning disable CA1031 // The poll loop ends the process with it; passing over the batch would lose it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fault = exception;
        }
        finally
        {
            _slots.Release();
        }
    }
}
