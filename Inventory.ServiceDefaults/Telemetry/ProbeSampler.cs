using OpenTelemetry.Trace;

namespace Inventory.ServiceDefaults.Telemetry;

/// <summary>Drops the traces of health probes, which come every few seconds and tell nothing.</summary>
/// <param name="others">Decides on every other trace.</param>
internal sealed class ProbeSampler(Sampler others) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        IsProbe(samplingParameters) ? new SamplingResult(SamplingDecision.Drop) : others.ShouldSample(samplingParameters);

    private static bool IsProbe(in SamplingParameters span)
    {
        // The gateway's checks of the instances behind it. Those instances see a parent that was not taken and follow.
        if (span.Name == "proxy.cluster_health_checks")
        {
            return true;
        }

        foreach (var (name, value) in span.Tags ?? [])
        {
            if (name == "url.path")
            {
                return value is "/health" or "/alive";
            }
        }

        return false;
    }
}
