using Inventory.Servers.Packages;
using Inventory.Servers.Processes;
using Inventory.Tests.Deploy.Programs;

namespace Inventory.Tests.Deploy.Images;

/// <summary>What the SDK would put into an image, without the base image, which no registry here has.</summary>
internal static class PublishedService
{
    /// <summary>librdkafka as it runs in a chiseled image, where there is no libsasl2.</summary>
    public const string KafkaLibrary = "centos8-librdkafka.so";

    // No build server is left behind.
    private static readonly string[] Alone = ["-nodeReuse:false", "-p:UseSharedCompilation=false"];

    private static ToolProgram Dotnet => new(Executables.Require("dotnet", "dotnet-sdk-10.0"), new Dictionary<string, string>());

    public static async Task PublishAsync(string project, string folder, CancellationToken cancellationToken) =>
        (await Dotnet.RunAsync(
            ["publish", Folder(project), "-c", "Release", "-o", folder, "-v", "quiet", .. Alone],
            cancellationToken: cancellationToken)).Succeeded();

    /// <summary>As MSBuild has them in the end, as JSON.</summary>
    public static async Task<string> PropertiesAsync(string project, CancellationToken cancellationToken) =>
        (await Dotnet.RunAsync(
            [
                "msbuild", Folder(project), "-p:_IsPublishing=true", "-p:Configuration=Release", .. Alone,
                "-getProperty:ContainerUser,ContainerBaseImage,ContainerRepository,RuntimeIdentifier,SelfContained",
            ],
            cancellationToken: cancellationToken)).Succeeded();

    private static string Folder(string project) => Path.Combine(Repository.Root, project);
}
