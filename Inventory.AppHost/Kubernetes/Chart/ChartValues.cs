using Aspire.Hosting.ApplicationModel;
using Inventory.AppHost.Kubernetes.Model;
using Inventory.AppHost.Kubernetes.Profiles;
using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Chart;

/// <summary>The values that come from the model and the profiles; the others are kept as a text (files/values.yaml).</summary>
internal static class ChartValues
{
    public static Dictionary<string, object> Of(DistributedApplicationModel model, IReadOnlyList<Workload> workloads)
    {
        var parameters = model.Resources.OfType<ParameterResource>().OrderBy(each => each.Name, StringComparer.Ordinal).ToList();
        return new Dictionary<string, object>
        {
            ["parameters"] = parameters.Where(each => !each.Secret)
                .ToDictionary(each => each.Name, each => each.Default?.GetDefaultValue() ?? ""),

            // Nothing but their names: a value in this file would be a secret on a disk.
            ["secrets"] = parameters.Where(each => each.Secret).ToDictionary(each => each.Name, _ => ""),
            ["workloads"] = workloads.ToDictionary(each => each.Name, Of),
        };
    }

    private static Dictionary<string, object> Of(Workload workload)
    {
        var values = new Dictionary<string, object>
        {
            ["image"] = new Dictionary<string, object>
            {
                ["registry"] = workload.Image.Registry,
                ["repository"] = workload.Image.Repository,
                ["tag"] = workload.Image.Tag,
            },
        };
        if (StoreProfile.All.TryGetValue(workload.Name, out var store))
        {
            values["resources"] = Resources(store.CpuRequest, cpuLimit: null, store.Memory);
            values["storage"] = new Dictionary<string, object> { ["size"] = store.Capacity, ["className"] = "" };
        }
        else if (ServiceProfile.All.TryGetValue(workload.Name, out var service))
        {
            values["replicas"] = service.Replicas;
            values["resources"] = Resources(service.CpuRequest, service.CpuLimit, service.Memory);
            if (service.Scaling is { } scaling)
            {
                values["autoscaling"] = Scaling(scaling);
            }
        }
        else
        {
            values["resources"] = Resources("100m", "1", "256Mi");
        }

        if (workload.IsExternal)
        {
            values["service"] = new Dictionary<string, object> { ["type"] = "LoadBalancer" };
        }

        return values;
    }

    private static V1ResourceRequirements Resources(string cpuRequest, string? cpuLimit, string memory)
    {
        var limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new(memory) };
        if (cpuLimit is not null)
        {
            limits["cpu"] = new ResourceQuantity(cpuLimit);
        }

        return new V1ResourceRequirements
        {
            Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new(cpuRequest), ["memory"] = new(memory) },
            Limits = limits,
        };
    }

    // Doubling, or 20 pods, every 15 s on the way up, and a tenth a minute on the way down.
    private static Dictionary<string, object> Scaling(ScalingProfile profile) => new()
    {
        ["kind"] = "hpa",
        ["minReplicas"] = profile.MinReplicas,
        ["maxReplicas"] = profile.MaxReplicas,
        ["targetCpuPercent"] = profile.CpuPercent,
        ["targetRequestsPerSecond"] = profile.RequestsPerSecond,
        ["behavior"] = new V2HorizontalPodAutoscalerBehavior
        {
            ScaleUp = new V2HPAScalingRules
            {
                StabilizationWindowSeconds = 0,
                SelectPolicy = "Max",
                Policies =
                [
                    new V2HPAScalingPolicy { Type = "Percent", Value = 100, PeriodSeconds = 15 },
                    new V2HPAScalingPolicy { Type = "Pods", Value = 20, PeriodSeconds = 15 },
                ],
            },
            ScaleDown = new V2HPAScalingRules
            {
                StabilizationWindowSeconds = 300,
                SelectPolicy = "Max",
                Policies = [new V2HPAScalingPolicy { Type = "Percent", Value = 10, PeriodSeconds = 60 }],
            },
        },
        ["triggers"] = Array.Empty<object>(),
    };
}
