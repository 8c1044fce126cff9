using System.Diagnostics;
using Inventory.Contracts.Stocks;

namespace Inventory.CommandApi.Commands;

/// <summary>Something that is to change stock, waiting for its turn, and whoever waits for its answer.</summary>
/// <param name="keys">The rows that it may change, sorted, one at least.</param>
internal abstract class StockCommand(IReadOnlyList<StockKey> keys)
{
    // The lane that answers has others to answer: callers go on elsewhere.
    private readonly TaskCompletionSource<IResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<StockKey> Keys { get; } = keys;

    /// <summary>A timestamp of the clock.</summary>
    public long ArrivedAt { get; set; }

    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    public string? TraceParent { get; } = Activity.Current?.Id;

    public Task<IResult> Answer => _answer.Task;

    /// <summary>The order or reservation that it makes or finds.</summary>
    public virtual Guid? OrderId => null;

    /// <summary>Whether it changes an order that exists, which then is locked before the stock.</summary>
    public virtual bool ChangesOrder => false;

    /// <summary>The inbound or correction that it makes or finds.</summary>
    public virtual Guid? InboundId => null;

    /// <summary>Whether keys that do not exist are to be made.</summary>
    public virtual bool CreatesKeys => false;

    /// <summary>The cancellation that it makes or finds.</summary>
    public virtual Guid? CancellationId => null;

    /// <summary>
    /// Decides against what is locked, and against what the commands before it in the group have decided. May run
    /// several times, each against another state, until one of them is committed.
    /// </summary>
    public abstract IResult Decide(GroupWork work);

    public void Complete(IResult answer) => _answer.TrySetResult(answer);

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
