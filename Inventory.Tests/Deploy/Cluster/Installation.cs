using Inventory.Servers.Processes;
using Inventory.Tests.Deploy.Chart;
using Inventory.Tests.Deploy.Programs;
using k8s;
using k8s.Models;

namespace Inventory.Tests.Deploy.Cluster;

/// <summary>
/// The chart in a namespace of its own, by the commands of deploy/README.md. The namespace lets in only pods that keep to
/// Kubernetes' strictest standard, "restricted".
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    /// <summary>For whatever a loaded machine may take long for; it passes within seconds on a quiet one.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ControlPlane _cluster;
    private readonly HelmChart _chart;

    private Installation(ControlPlane cluster, HelmChart chart, string @namespace)
    {
        _cluster = cluster;
        _chart = chart;
        Namespace = @namespace;
    }

    public string Namespace { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Installation> CreateAsync(ControlPlane cluster, HelmChart chart)
    {
        var name = $"test-{Guid.NewGuid():N}";
        await cluster.Api.CoreV1.CreateNamespaceAsync(
            new V1Namespace
            {
                Metadata = new V1ObjectMeta
                {
                    Name = name,
                    Labels = new Dictionary<string, string> { ["pod-security.kubernetes.io/enforce"] = "restricted" },
                },
            },
            cancellationToken: Cancellation);
        return new Installation(cluster, chart, name);
    }

    /// <summary>Installs or upgrades, and waits until everything runs.</summary>
    public Task<ProgramResult> UpgradeAsync(ValueSet values, params string[] others) =>
        HelmAsync(["upgrade", "--install", HelmChart.Release, _chart.Folder, .. Waiting, .. _chart.Values(values), .. others]);

    public Task<ProgramResult> RollBackAsync() => HelmAsync(["rollback", HelmChart.Release, .. Waiting]);

    public Task<ProgramResult> UninstallAsync() =>
        HelmAsync(["uninstall", HelmChart.Release, "--wait", "--timeout", Seconds]);

    public Task<ProgramResult> HelmAsync(IEnumerable<string> arguments) =>
        _cluster.Helm.RunAsync([.. arguments, "--namespace", Namespace], cancellationToken: Cancellation);

    public Task<ProgramResult> KubectlAsync(IEnumerable<string> arguments, string input = "") =>
        _cluster.Kubectl.RunAsync([.. arguments, "--namespace", Namespace], input, Cancellation);

    public async Task<IList<V1Deployment>> DeploymentsAsync() =>
        (await _cluster.Api.AppsV1.ListNamespacedDeploymentAsync(Namespace, cancellationToken: Cancellation)).Items;

    public async Task<IList<V1StatefulSet>> StatefulSetsAsync() =>
        (await _cluster.Api.AppsV1.ListNamespacedStatefulSetAsync(Namespace, cancellationToken: Cancellation)).Items;

    public async Task<IList<V1Job>> JobsAsync() =>
        (await _cluster.Api.BatchV1.ListNamespacedJobAsync(Namespace, cancellationToken: Cancellation)).Items;

    /// <summary>Those that are not on their way out.</summary>
    public async Task<IReadOnlyList<V1Pod>> PodsAsync() =>
    [
        .. (await _cluster.Api.CoreV1.ListNamespacedPodAsync(Namespace, cancellationToken: Cancellation)).Items
            .Where(pod => pod.Metadata.DeletionTimestamp is null),
    ];

    /// <summary>Everything in the namespace but what Kubernetes puts into each, by kind and name.</summary>
    public async Task<IReadOnlyList<string>> EverythingAsync()
    {
        var kinds = (await KubectlAsync(["api-resources", "--verbs=list", "--namespaced", "--output=name"])).Succeeded()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(kind => !kind.StartsWith("events", StringComparison.Ordinal));
        var names = (await KubectlAsync(["get", string.Join(',', kinds), "--output=name"])).Succeeded();
        return
        [
            .. names.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(name => name is not ("serviceaccount/default" or "configmap/kube-root-ca.crt")),
        ];
    }

    /// <summary>Asks until it is so.</summary>
    public static async Task WaitUntilAsync(string what, Func<Task<bool>> isSoAsync) =>
        Assert.True(await Readiness.WaitAsync(_ => isSoAsync(), Patience, Cancellation), $"It is not so that {what}.");

    // Kubernetes clears it up by itself, in about 10 s.
    public async ValueTask DisposeAsync() =>
        await _cluster.Api.CoreV1.DeleteNamespaceAsync(Namespace, cancellationToken: CancellationToken.None);

    private static string Seconds => $"{Patience.TotalSeconds:0}s";

    private static string[] Waiting => ["--wait", "--wait-for-jobs", "--timeout", Seconds];
}
