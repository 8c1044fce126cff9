using Inventory.AppHost.Kubernetes.Model;
using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Pods;

/// <summary>
/// The environment of a container: what is no secret from its config map, each secret that it needs from the one Secret, and
/// what is made of secrets put together by Kubernetes, so that a vault needs to know the secrets only.
/// </summary>
internal static class PodVariables
{
    /// <summary>The Secret that the chart makes unless another is named.</summary>
    public const string Secret = "inventory-secrets";

    private const string PodName = "K8S_POD_NAME";
    private const string NamespaceName = "K8S_NAMESPACE_NAME";

    /// <summary>The variables that the config map holds.</summary>
    public static Dictionary<string, string> Plain(Workload workload) => workload.Variables
        .Where(variable => variable.Value.Secrets.Count == 0)
        .OrderBy(variable => variable.Key, StringComparer.Ordinal)
        .ToDictionary(variable => variable.Key, variable => variable.Value.Text);

    public static string ConfigMap(string component) => $"{component}-config";

    public static void Set(V1Container container, Workload workload)
    {
        container.EnvFrom = [new V1EnvFromSource { ConfigMapRef = new V1ConfigMapEnvSource { Name = ConfigMap(workload.Name) } }];

        // A variable can refer to those before it only.
        var secret = workload.Variables.Where(variable => variable.Value.Secrets.Count > 0)
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .ToList();
        var parts = secret.Where(variable => !variable.Value.IsSecret)
            .SelectMany(variable => variable.Value.Secrets)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        container.Env =
        [
            .. parts.Select(part => FromSecret(ModelText.SecretVariable(part), part)),
            .. secret.Select(variable => variable.Value.IsSecret
                ? FromSecret(variable.Key, variable.Value.Secrets[0])
                : new V1EnvVar { Name = variable.Key, Value = variable.Value.Text }),
        ];
    }

    /// <summary>
    /// Who is speaking, for whoever collects telemetry: the resource, and the pod. Scaling by requests stands on these and on
    /// the interval (deploy/README.md); the SDK's own is 60 s, of which a rate over a minute holds one sample.
    /// </summary>
    public static void AddTelemetry(V1Container container, string component) => container.Env =
    [
        .. container.Env,
        FromField(PodName, "metadata.name"),
        FromField(NamespaceName, "metadata.namespace"),
        new V1EnvVar { Name = "OTEL_SERVICE_NAME", Value = component },
        new V1EnvVar { Name = "OTEL_METRIC_EXPORT_INTERVAL", Value = "10000" },
        new V1EnvVar
        {
            Name = "OTEL_RESOURCE_ATTRIBUTES",
            Value = $"service.instance.id=$({NamespaceName}).$({PodName}).{container.Name},"
                + $"k8s.pod.name=$({PodName}),k8s.namespace.name=$({NamespaceName})",
        },
    ];

    private static V1EnvVar FromSecret(string name, string key) => new()
    {
        Name = name,
        ValueFrom = new V1EnvVarSource { SecretKeyRef = new V1SecretKeySelector { Name = Secret, Key = key } },
    };

    private static V1EnvVar FromField(string name, string path) => new()
    {
        Name = name,
        ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = path } },
    };
}
