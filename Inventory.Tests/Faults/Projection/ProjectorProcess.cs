using Inventory.AppHost.Reduced;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Servers.Kafka;
using Inventory.Servers.Processes;

namespace Inventory.Tests.Faults.Projection;

/// <summary>Another relay of the running system, one that only projects.</summary>
internal static class ProjectorProcess
{
    public static Task<ServiceProcess> StartAsync(LocalSystem system, string folder)
    {
        var address = LocalPorts.Address(LocalPorts.Take());
        var environment = new Dictionary<string, string?>(OldBroker.Environment)
        {
            [Connection(ResourceNames.Kafka)] = system.Stores.ConnectionStrings[ResourceNames.Kafka],
            [Connection(ResourceNames.Keyspace)] = system.Stores.ConnectionStrings[ResourceNames.Keyspace],
            ["Relay__Roles"] = "Projector",
            ["ASPNETCORE_URLS"] = address.OriginalString,
            ["DOTNET_gcServer"] = "0",
        };
        return ServiceProcess.StartAsync(
            new ChildProcessOptions
            {
                Name = "projector",
                FileName = "dotnet",
                Arguments = [Program],
                Environment = environment,
                WorkingDirectory = Path.GetDirectoryName(Program),
                LogFile = Path.Combine(folder, "projector.log"),
                StopTimeout = TimeSpan.FromSeconds(35),
            },
            address,
            progress: null,
            TestContext.Current.CancellationToken);
    }

    // Everything is built into artifacts/bin/{project}/{configuration}, the tests too.
    private static string Program
    {
        get
        {
            var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(own.Parent!.Parent!.FullName, "Inventory.Relay", own.Name, "Inventory.Relay.dll");
        }
    }

    private static string Connection(string name) =>
        ConfigurationKeys.Variable(ConfigurationKeys.ConnectionString(name));
}
