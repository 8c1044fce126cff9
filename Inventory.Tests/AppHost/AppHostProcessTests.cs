using System.Globalization;
using System.Net;
using Inventory.AppHost.Endpoints;
using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.Servers.Ports;
using Inventory.Tests.Faults.Publishing;
using Inventory.Tests.Servers;
using Npgsql;

namespace Inventory.Tests.AppHost;

/// <summary>The program that users start, from its start to its end, whichever way it ends.</summary>
public sealed class AppHostProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_of_the_system_is_left_when_the_apphost_is_killed()
    {
        var host = new AppHostProcess(_folder.Path);
        await using var process = await host.StartAsync();
        var endpoints = await host.ReadyAsync(process);
        Assert.All(Ports(endpoints), port => Assert.False(FreePorts.IsFree(port, IPAddress.Loopback), $"Nobody listens on {port}."));

        process.Signal(Inventory.Servers.Processes.ProcessSignal.Kill);
        await process.Exited;

        await Patience.WaitAsync(() =>
            Task.FromResult(Ports(endpoints).All(port => FreePorts.IsFree(port, IPAddress.Loopback))));
    }

    [Fact]
    public async Task What_must_be_installed_is_said_in_a_sentence_and_ends_the_run()
    {
        // A folder with the programs that start others, and dotnet, but no Java.
        var path = Path.Combine(_folder.Path, "bin");
        Directory.CreateDirectory(path);
        foreach (var program in (string[])["setsid", "env", "setpriv", "flock", "bash", "dotnet"])
        {
            File.CreateSymbolicLink(Path.Combine(path, program), Find(program));
        }

        await using var process = await new AppHostProcess(_folder.Path).StartAsync(
            ("PATH", path), ("JAVA_HOME", null), ("DOTNET_ROOT", Path.GetDirectoryName(RealPath(Find("dotnet")))));

        Assert.Equal(1, await process.Exited.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
        Assert.Contains("Java", process.ReadLogTail(), StringComparison.Ordinal);
        Assert.Contains("apt-get install", process.ReadLogTail(), StringComparison.Ordinal);
    }

    private static IEnumerable<int> Ports(SystemEndpoints endpoints) =>
    [
        endpoints.Gateway.Port,
        .. endpoints.Services.Values.Select(service => service.Port),
        new NpgsqlConnectionStringBuilder(endpoints.ConnectionStrings[ResourceNames.Database]).Port,
        int.Parse(endpoints.ConnectionStrings[ResourceNames.Kafka].Split(':')[1], CultureInfo.InvariantCulture),
        CassandraConnectionString.Parse(endpoints.ConnectionStrings[ResourceNames.Keyspace]).Port,
    ];

    private static string Find(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .First(File.Exists);

    private static string RealPath(string file) => File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
}
