using System.Globalization;
using System.Net;
using System.Text.Json;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Servers.Ports;
using Inventory.Servers.Processes;
using Inventory.Tests.Deploy.Programs;
using Inventory.Tests.Servers;

namespace Inventory.Tests.Deploy.Images;

/// <summary>
/// What goes into the image of the relay, which needs most of its base: published, looked at and started without
/// anything of this machine's environment. No image is built.
/// </summary>
[Trait("Category", "Long")]
public sealed class PublishedServiceTests
{
    private const string Project = "Inventory.Relay";

    // glibc's own, of which every image of .NET has all.
    private static readonly string[] CLibrary =
    [
        "linux-vdso.so.1", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libc.so.6", "ld-linux-x86-64.so.2",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Inventory.CommandApi")]
    [InlineData("Inventory.Gateway")]
    [InlineData("Inventory.Migrations")]
    [InlineData("Inventory.QueryApi")]
    [InlineData("Inventory.Relay")]
    public async Task An_image_has_no_root_and_no_shell(string project)
    {
        using var answer = JsonDocument.Parse(await PublishedService.PropertiesAsync(project, Cancellation));
        var properties = answer.RootElement.GetProperty("Properties");

        Assert.Equal("app", properties.GetProperty("ContainerUser").GetString());
        Assert.Contains("-chiseled", properties.GetProperty("ContainerBaseImage").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "inventory/", properties.GetProperty("ContainerRepository").GetString(), StringComparison.Ordinal);
        Assert.Equal("linux-x64", properties.GetProperty("RuntimeIdentifier").GetString());
    }

    [Fact]
    public async Task The_relay_starts_from_its_published_folder_alone()
    {
        using var folder = new TemporaryFolder();
        var published = folder.File("published");
        await PublishedService.PublishAsync(Project, published, Cancellation);

        Assert.True(File.Exists(Path.Combine(published, Project)), "The image's entry point.");
        Assert.True(File.Exists(Path.Combine(published, "appsettings.json")));
        Assert.All(await NeededAsync(Path.Combine(published, PublishedService.KafkaLibrary)), needed =>
            Assert.Contains(needed, CLibrary));
        Assert.Contains(
            "libsasl2.so.3", await NeededAsync(Path.Combine(published, "librdkafka.so")));

        var port = FreePorts.Take(IPAddress.Loopback);
        await using var relay = await StartAsync(published, folder.File("relay.log"), port);
        using var http = new HttpClient();
        var address = new Uri($"http://127.0.0.1:{port}{HealthPaths.Live}");
        var isAlive = await Readiness.WaitAsync(
            async token => !relay.HasExited && await IsAliveAsync(http, address, token),
            TimeSpan.FromMinutes(2),
            Cancellation);

        Assert.True(isAlive, relay.ReadLogTail());
        var loaded = Assert.Single(KafkaLibraries(relay.ProcessId));
        Assert.Equal(published, Path.GetDirectoryName(loaded));
        if (Path.GetFileName(loaded) != PublishedService.KafkaLibrary)
        {
            // As in no image of ours.
            Assert.DoesNotContain("not found", await LddAsync(loaded), StringComparison.Ordinal);
        }
    }

    // Its stores are nowhere: liveness depends on none of them, and the Kafka client is made all the same.
    private static Task<ChildProcess> StartAsync(string published, string log, int port) =>
        ChildProcess.StartAsync(new ChildProcessOptions
        {
            Name = "relay",
            FileName = Executables.Require("env", "coreutils"),
            Arguments =
            [
                "-i",
                $"{Variable(ResourceNames.Database)}=Host=127.0.0.1;Port=1;Username=nobody;Password=none;Database=none",
                $"{Variable(ResourceNames.Kafka)}=127.0.0.1:1",
                "Relay__Roles=Publisher",
                $"ASPNETCORE_URLS=http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
                Executables.Require("dotnet", "dotnet-sdk-10.0"),
                $"{Project}.dll",
            ],
            WorkingDirectory = published,
            LogFile = log,
        });

    private static string Variable(string connection) =>
        ConfigurationKeys.Variable(ConfigurationKeys.ConnectionString(connection));

    private static async Task<bool> IsAliveAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(address, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static IEnumerable<string> KafkaLibraries(int processId) =>
        File.ReadLines($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/maps")
            .Where(line => line.Contains("librdkafka", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..])
            .Distinct();

    private static async Task<IReadOnlyList<string>> NeededAsync(string library) =>
    [
        .. (await LddAsync(library)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Path.GetFileName(line.Trim().Split(' ')[0])),
    ];

    private static async Task<string> LddAsync(string library) =>
        (await new ToolProgram(Executables.Require("ldd", "libc-bin"), new Dictionary<string, string>())
            .RunAsync([library], cancellationToken: Cancellation)).Succeeded();
}
