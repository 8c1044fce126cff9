using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Inventory.AppHost.Kubernetes.Model;

/// <summary>Reads out of the model what its callbacks say about each project and container.</summary>
/// <param name="execution">How the model is executed: published.</param>
/// <param name="logger">Of the step.</param>
internal sealed class WorkloadReader(DistributedApplicationExecutionContext execution, ILogger logger)
{
    public async Task<IReadOnlyList<Workload>> ReadAsync(
        DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        var workloads = new List<Workload>();
        foreach (var resource in model.Resources)
        {
            if (resource is ProjectResource or ContainerResource && !resource.IsExcludedFromPublish())
            {
                workloads.Add(await ReadAsync(resource, cancellationToken));
            }
        }

        return workloads;
    }

    private async Task<Workload> ReadAsync(IResource resource, CancellationToken cancellationToken)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(resource)
            .WithArgumentsConfig()
            .WithEnvironmentVariablesConfig()
            .BuildAsync(execution, logger, cancellationToken);
        if (configuration.Exception is { } exception)
        {
            throw new DistributedApplicationException($"What {resource.Name} is to be told is not known: {exception.Message}", exception);
        }

        var reader = new ExpressionReader(resource.Name);
        var variables = configuration.EnvironmentVariablesWithUnprocessed.ToDictionary(
            variable => variable.Key, variable => reader.Read(variable.Value.Unprocessed), StringComparer.Ordinal);
        var arguments = configuration.ArgumentsWithUnprocessed.Select(argument => reader.Read(argument.Unprocessed)).ToList();
        return new Workload(
            resource.Name,
            ModelImage.Of(resource),
            [.. resource.Annotations.OfType<EndpointAnnotation>().Select(ModelEndpoint.Of)],
            variables,
            arguments,
            Volumes(resource),
#pragma warning disable ASPIREPROBES001 // Probes are an experimental part of Aspire 13.6, and the only way to them.
            Probe(resource, ProbeType.Readiness),
            Probe(resource, ProbeType.Liveness),
#pragma warning restore ASPIREPROBES001
            reader.Edges);
    }

    private static Dictionary<string, string> Volumes(IResource resource) =>
        resource.Annotations.OfType<ContainerMountAnnotation>()
            .Where(mount => mount is { Type: ContainerMountType.Volume, Source: not null })
            .ToDictionary(mount => mount.Source!, mount => mount.Target, StringComparer.Ordinal);

#pragma warning disable ASPIREPROBES001
    private static V1Probe? Probe(IResource resource, ProbeType type) =>
        resource.Annotations.OfType<EndpointProbeAnnotation>().LastOrDefault(probe => probe.Type == type) is not { } probe
            ? null
            : new V1Probe
            {
                HttpGet = new V1HTTPGetAction { Path = probe.Path, Port = probe.EndpointReference.EndpointName },
                PeriodSeconds = probe.PeriodSeconds,
                TimeoutSeconds = probe.TimeoutSeconds,
                FailureThreshold = probe.FailureThreshold,
            };
#pragma warning restore ASPIREPROBES001
}
