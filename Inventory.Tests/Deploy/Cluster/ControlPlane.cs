using Inventory.Servers.Packages;
using Inventory.Tests.Deploy.Programs;
using k8s;

namespace Inventory.Tests.Deploy.Cluster;

/// <summary>
/// One control plane for all tests of a run that need it. Where the shared folder is not there, they are skipped; where it is
/// there and cannot be used, they fail.
/// </summary>
[CollectionDefinition(Name)]
public sealed class ControlPlane : IAsyncLifetime, ICollectionFixture<ControlPlane>
{
    public const string Name = "Kubernetes control plane";

    private readonly string _folder = Path.Combine(Repository.Root, ".inventory", "tests", Guid.NewGuid().ToString("N"));
    private ControlPlaneProcess? _process;
    private KubernetesTools? _tools;
    private Kubernetes? _api;

    /// <summary>As the cluster's administrator.</summary>
    internal IKubernetes Api => _api ?? throw new InvalidOperationException("The control plane was not started.");

    internal ToolProgram Helm => new(_tools!.Helm, Environment);

    internal ToolProgram Kubectl => new(_tools!.Kubectl, Environment);

    private Dictionary<string, string> Environment => new()
    {
        ["KUBECONFIG"] = _process!.KubeConfig,
        // Nothing of the user's own, and nothing left in his home.
        ["HELM_CACHE_HOME"] = Path.Combine(_folder, "helm"),
        ["HELM_CONFIG_HOME"] = Path.Combine(_folder, "helm"),
        ["HELM_DATA_HOME"] = Path.Combine(_folder, "helm"),
        ["KUBECACHEDIR"] = Path.Combine(_folder, "kubectl"),
    };

    /// <summary>To be asked first by every test.</summary>
    public static void Require() => Assert.SkipUnless(
        Directory.Exists(ControlPlaneProcess.SharedFolder),
        $"There is no control plane on this machine: {ControlPlaneProcess.SharedFolder} is not there.");

    public async ValueTask InitializeAsync()
    {
        if (!Directory.Exists(ControlPlaneProcess.SharedFolder))
        {
            return;
        }

        Directory.CreateDirectory(_folder);
        _tools = await KubernetesTools.EnsureAsync(CancellationToken.None);
        _process = await ControlPlaneProcess.StartAsync(Path.Combine(_folder, "cluster"), _tools, CancellationToken.None);
        _api = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(_process.KubeConfig));
        var crd = Path.Combine(Repository.Root, "Inventory.Tests", "Deploy", "Cluster", "scaled-objects.yaml");
        (await Kubectl.RunAsync(["apply", "-f", crd])).Succeeded();
        (await Kubectl.RunAsync(["wait", "--for=condition=Established", "--timeout=60s", "-f", crd])).Succeeded();
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
