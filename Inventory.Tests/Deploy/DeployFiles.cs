using Inventory.Servers.Packages;
using YamlDotNet.RepresentationModel;

namespace Inventory.Tests.Deploy;

/// <summary>What lies in <c>deploy/</c>.</summary>
internal static class DeployFiles
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "deploy");

    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>Those for Helm, and not for Kubernetes itself.</summary>
    public static bool IsValues(string file) => file.Contains("values", StringComparison.Ordinal);

    public static IReadOnlyList<YamlNode> Read(string file) => YamlText.Read(File.ReadAllText(Path.Combine(Folder, file)));

    /// <summary>The only document of a kind in a file.</summary>
    public static YamlNode Read(string file, string kind) => Assert.Single(Read(file), node => node.Text("kind") == kind);
}
