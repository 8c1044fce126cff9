using Aspire.Hosting;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace Inventory.AppHost.Full.Kubernetes.Chart;

/// <summary>
/// The last step of publishing. Aspire writes manifests from a model of them; what a value switches on and off stands
/// around a manifest, which the model cannot say.
/// </summary>
internal static class ChartStep
{
    private const string Name = "finish-inventory-chart";

    public static void Add(IDistributedApplicationBuilder builder, string environmentName) =>
#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // Steps are an experimental part of Aspire 13.5.
        builder.Pipeline.AddStep(
            Name,
            context => new FinishedChart(context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory())
                .WriteAsync(context.CancellationToken),
            dependsOn: $"publish-{environmentName}",
            requiredBy: WellKnownPipelineSteps.Publish);
#pragma warning restore ASPIREPIPELINES001, ASPIREPIPELINES004
}
