using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Inventory.Relay.Health;

/// <summary>
/// A loop's sign of life: ready while its last pass that reached every server it needs is not too long ago.
/// </summary>
internal abstract class Heartbeat(TimeProvider time) : IHealthCheck
{
    // Several times the longest pass of a healthy loop, which waits 5 s at most for Kafka.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private long _lastBeat;

    public void Beat() => Volatile.Write(ref _lastBeat, time.GetTimestamp());

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var lastBeat = Volatile.Read(ref _lastBeat);
        var healthy = lastBeat != 0 && time.GetElapsedTime(lastBeat) < Limit;
        return Task.FromResult(healthy
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, "No pass of the loop has succeeded lately."));
    }
}
