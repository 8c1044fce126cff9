using OpenTelemetry.Trace;

namespace Inventory.ServiceDefaults.Telemetry;

/// <summary>Drops the traces of health probes, which come every few seconds and tell nothing.</summary>
/// <param name="others">Decides on every other trace.</param>
internal sealed class ProbeSampler(Sampler others) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        foreach (var (name, value) in samplingParameters.Tags ?? [])
        {
            if (name == "url.path" && value is "/health" or "/alive")
            {
                return new SamplingResult(SamplingDecision.Drop);
            }
        }

        return others.ShouldSample(samplingParameters);
    }
}
