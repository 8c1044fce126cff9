using System.Globalization;
using System.Net;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Servers.Kafka;
using Inventory.Servers.Ports;
using Inventory.Servers.Processes;
using Inventory.Tests.EndToEnd;
using Inventory.Tests.Hosting;

namespace Inventory.Tests.Faults.Projection;

/// <summary>Another relay of the running system, one that only projects.</summary>
internal static class ProjectorProcess
{
    private static readonly string Program = BuiltProgram.Assembly("Inventory.Relay");

    /// <summary>Returns when it is ready.</summary>
    public static async Task<ChildProcess> StartAsync(AspireSystem system, string folder)
    {
        var port = FreePorts.Take(IPAddress.Loopback).ToString(CultureInfo.InvariantCulture);
        var address = new Uri($"http://127.0.0.1:{port}");
        var process = await ChildProcess.StartAsync(new ChildProcessOptions
        {
            Name = "projector",
            FileName = "dotnet",
            Arguments = [Program],
            Environment = new Dictionary<string, string?>(OldBroker.Environment)
            {
                [Connection(ResourceNames.Kafka)] = system.Endpoints.ConnectionStrings[ResourceNames.Kafka],
                [Connection(ResourceNames.Keyspace)] = system.Endpoints.ConnectionStrings[ResourceNames.Keyspace],
                ["Relay__Roles"] = "Projector",
                ["ASPNETCORE_URLS"] = address.OriginalString,
                ["DOTNET_gcServer"] = "0",
            },
            WorkingDirectory = Path.GetDirectoryName(Program),
            LogFile = Path.Combine(folder, "projector.log"),
            StopTimeout = TimeSpan.FromSeconds(35),
        });
        using var client = new HttpClient { BaseAddress = address };
        await Publishing.Patience.WaitAsync(() => IsReadyAsync(client, process));
        return process;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, ChildProcess process)
    {
        Assert.False(process.HasExited, process.ReadLogTail());
        try
        {
            using var response = await client.GetAsync(
                new Uri(HealthPaths.Ready, UriKind.Relative), TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Connection(string name) =>
        ConfigurationKeys.Variable(ConfigurationKeys.ConnectionString(name));
}
