using System.Diagnostics;
using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Lines;

namespace Inventory.CommandApi.Orders.Grouping;

/// <summary>An order that waits for its turn, and whoever waits for its answer.</summary>
internal sealed class PendingOrder(Guid orderId, SortedLines lines, byte[] requestHash, long arrivedAt)
{
    // The lane that answers has other orders to answer: callers go on elsewhere.
    private readonly TaskCompletionSource<StoredAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid OrderId { get; } = orderId;

    public SortedLines Lines { get; } = lines;

    public byte[] RequestHash { get; } = requestHash;

    /// <summary>A timestamp of the clock.</summary>
    public long ArrivedAt { get; } = arrivedAt;

    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    public string? TraceParent { get; } = Activity.Current?.Id;

    public Task<StoredAnswer> Answer => _answer.Task;

    public void Complete(StoredAnswer answer) => _answer.TrySetResult(answer);

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
