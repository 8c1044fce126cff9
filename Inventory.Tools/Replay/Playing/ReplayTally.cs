using System.Collections.Concurrent;
using Inventory.Tools.Api;

namespace Inventory.Tools.Replay.Playing;

/// <summary>Accounts for every request. Safe from any thread.</summary>
internal sealed class ReplayTally
{
    private readonly long[] _counts = new long[Enum.GetValues<StepOutcome>().Length];
    private readonly ConcurrentQueue<FailedRequest> _failures = [];
    private volatile bool _gaveUp;

    /// <summary>Whether a request was tried in vain for as long as patience lasts: going on would be no better.</summary>
    public bool GaveUp => _gaveUp;

    public IReadOnlyCollection<FailedRequest> Failures => _failures;

    public long this[StepOutcome outcome] => Interlocked.Read(ref _counts[(int)outcome]);

    public void Count(StepOutcome outcome) => Interlocked.Increment(ref _counts[(int)outcome]);

    public void CountFailure(string invoice, Guid id, GatewayProblem problem)
    {
        Count(StepOutcome.Failed);
        _failures.Enqueue(new FailedRequest(invoice, id, problem));
        _gaveUp |= problem.GaveUp;
    }
}
