using Aspire.Hosting;
using Aspire.Hosting.Pipelines;
using Inventory.AppHost.Kubernetes.Chart;
using Microsoft.Extensions.DependencyInjection;

namespace Inventory.AppHost.Kubernetes;

/// <summary>The model's way into a Helm chart (docs/adr/0028). Nothing of it plays a part when the system runs on this machine.</summary>
internal static class HelmChartExtensions
{
    private const string StepName = "publish-helm-chart";

    /// <summary>Publishing, by whichever command, writes the chart into the output folder.</summary>
    /// <remarks>
    /// The step does not wait for <c>process-parameters</c>, as Aspire's own publishers do: that one gives every parameter a
    /// value and keeps it, secrets too, in a file of the home folder. The chart needs none of these values.
    /// </remarks>
    public static void AddHelmChart(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
#pragma warning disable ASPIREPIPELINES001 // Steps are an experimental part of Aspire 13.6, and the only way to publish.
            builder.Pipeline.AddStep(StepName, WriteAsync, requiredBy: WellKnownPipelineSteps.Publish);
#pragma warning restore ASPIREPIPELINES001
        }
    }

#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004
    private static async Task WriteAsync(PipelineStepContext context)
    {
        var folder = context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory();
        var chart = await HelmChart.OfAsync(context.Model, context.ExecutionContext, context.Logger, context.CancellationToken);
        await new ChartFolder(folder).WriteAsync(chart, context.CancellationToken);
        context.Summary.Add("Helm chart", folder);
    }
#pragma warning restore ASPIREPIPELINES001, ASPIREPIPELINES004
}
