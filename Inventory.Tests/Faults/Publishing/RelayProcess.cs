using System.Globalization;
using System.Net;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Servers.Kafka;
using Inventory.Servers.Ports;
using Inventory.Servers.Processes;
using Inventory.Tests.Hosting;

namespace Inventory.Tests.Faults.Publishing;

/// <summary>A relay of its own process that only publishes.</summary>
internal static class RelayProcess
{
    private static readonly string Program = BuiltProgram.Assembly("Inventory.Relay");

    public static Task<ChildProcess> StartAsync(
        string folder, string database, string kafka, string source, IReadOnlyDictionary<string, string?> settings)
    {
        var port = FreePorts.Take(IPAddress.Loopback).ToString(CultureInfo.InvariantCulture);
        var environment = new Dictionary<string, string?>(OldBroker.Environment)
        {
            [ConfigurationKeys.Variable(ConfigurationKeys.ConnectionString(ResourceNames.Database))] = database,
            [ConfigurationKeys.Variable(ConfigurationKeys.ConnectionString(ResourceNames.Kafka))] = kafka,
            ["Relay__Roles"] = "Publisher",
            ["Relay__Source"] = source,
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            ["DOTNET_gcServer"] = "0",
        };
        foreach (var (name, value) in settings)
        {
            environment[ConfigurationKeys.Variable(name)] = value;
        }

        return ChildProcess.StartAsync(new ChildProcessOptions
        {
            Name = "relay",
            FileName = "dotnet",
            Arguments = [Program],
            Environment = environment,
            WorkingDirectory = Path.GetDirectoryName(Program),
            LogFile = Path.Combine(folder, $"relay-{port}.log"),
        });
    }
}
